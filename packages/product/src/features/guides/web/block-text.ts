import type { Block, Inline } from '../../../kernel/content.ts';

/**
 * Blocks as an author types them: paragraphs apart by an empty line, lists by `- `, **bold**, *italic* and
 * [words](address). Only a notation for the field; what is kept and drawn is the typed tree.
 */
export function writeBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) => (block.type === 'paragraph' ? writeLine(block.children) : block.items.map((item) => `- ${writeLine(item)}`).join('\n')))
    .join('\n\n');
}

/** The reverse of {@link writeBlocks}. Every text is a valid one: what is not notation is plain text. */
export function readBlocks(text: string): Block[] {
  const chunks = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .map((chunk) => chunk.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0);
  return chunks.flatMap(readChunk);
}

/** Lines that start with `- ` in a row are one list; the others in a row are one paragraph. */
function readChunk(lines: readonly string[]): Block[] {
  const runs: { bullet: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const bullet = /^\s*[-•]\s+/.test(line);
    const last = runs.at(-1);
    if (last?.bullet === bullet) last.lines.push(line);
    else runs.push({ bullet, lines: [line] });
  }
  return runs.map((run) =>
    run.bullet
      ? { type: 'list', items: run.lines.map((line) => readLine(line.replace(/^\s*[-•]\s+/, ''))) }
      : { type: 'paragraph', children: readLine(run.lines.map((line) => line.trim()).join(' ')) },
  );
}

/** Stars count only where they hug their words: `2 * 3 * 4` is arithmetic. */
const mark =
  /\*\*\*(?<both>[^*\s](?:[^*]*[^*\s])?)\*\*\*|\*\*(?<bold>[^*\s](?:[^*]*[^*\s])?)\*\*|\*(?<italic>[^*\s](?:[^*]*[^*\s])?)\*|\[(?<words>[^\]]+)\]\((?<href>[^()\s]+)\)/g;

/** Inline marks do not nest, except a link around or inside bold and italic words. */
function readLine(line: string, looks: Omit<Inline, 'text'> = {}): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(mark)) {
    if (match.index > end) parts.push({ ...looks, text: line.slice(end, match.index) });
    parts.push(...readMark(match.groups ?? {}, looks));
    end = match.index + match[0].length;
  }
  if (end < line.length || parts.length === 0) parts.push({ ...looks, text: line.slice(end) });
  return parts;
}

function readMark(groups: Readonly<Record<string, string | undefined>>, looks: Omit<Inline, 'text'>): Inline[] {
  const { both, bold, italic, words, href } = groups;
  if (both !== undefined) return readLine(both, { ...looks, bold: true, italic: true });
  if (bold !== undefined) return readLine(bold, { ...looks, bold: true });
  if (italic !== undefined) return readLine(italic, { ...looks, italic: true });
  return readLine(words ?? '', { ...looks, href: href ?? '' });
}

function writeLine(parts: readonly Inline[]): string {
  return parts
    .map(({ text, bold, italic, href }) => {
      const stars = '*'.repeat((bold ? 2 : 0) + (italic ? 1 : 0));
      // Stars must hug their words to be read back, so outer spaces stay outside.
      const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
      const words = inner === '' ? text : `${before}${stars}${inner}${stars}${after}`;
      return href === undefined ? words : `[${words}](${href})`;
    })
    .join('');
}
