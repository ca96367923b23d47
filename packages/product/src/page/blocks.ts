import { type Block, type Inline, safeHref } from '../kernel/content.ts';
import { element } from './element.ts';

/** Draws authored content. Unknown block types and unsafe links are left out; their text stays. */
export function drawBlocks(blocks: readonly Block[]): Node[] {
  return blocks.flatMap((block): Node[] => {
    if (block.type === 'paragraph') return [element('p', {}, block.children.map(drawInline))];
    if (block.type === 'list')
      return [
        element(
          'ul',
          {},
          block.items.map((item) => element('li', {}, item.map(drawInline))),
        ),
      ];
    return [];
  });
}

function drawInline({ text, bold, italic, href }: Inline): Node {
  let node: Node = document.createTextNode(text);
  if (italic) node = element('em', {}, [node]);
  if (bold) node = element('strong', {}, [node]);
  if (href !== undefined && safeHref(href)) {
    const elsewhere = /^https?:/i.test(href.trim());
    node = element('a', { href, ...(elsewhere ? { target: '_blank', rel: 'noopener' } : {}) }, [node]);
  }
  return node;
}
