import { type Block, safeHref } from '../../../kernel/content.ts';

/** A sentence about the first link that may not be drawn; undefined when all may. */
export function linkComplaint(blocks: readonly Block[]): string | undefined {
  const inlines = blocks.flatMap((block) => (block.type === 'paragraph' ? block.children : block.items.flat()));
  const bad = inlines.find((inline) => inline.href !== undefined && !safeHref(inline.href));
  return bad && `The link “${bad.href}” may be http, https, mailto or a path.`;
}
