import { describe, expect, it } from 'vitest';
import type { Block } from '../../../kernel/content.ts';
import { readBlocks, writeBlocks } from './block-text.ts';

const blocks: Block[] = [
  {
    type: 'paragraph',
    children: [
      { text: 'Press ' },
      { text: 'New board', bold: true },
      { text: ', ' },
      { text: 'or', italic: true },
      { text: ' read ' },
      { text: 'the guide', href: 'https://example.com/a' },
      { text: '.' },
    ],
  },
  { type: 'list', items: [[{ text: 'one' }], [{ text: 'two', bold: true, italic: true }]] },
  { type: 'paragraph', children: [{ text: 'bold link', bold: true, href: '/boards' }] },
];

describe('a step’s text', () => {
  it('reads back what it wrote', () => {
    expect(readBlocks(writeBlocks(blocks))).toEqual(blocks);
  });
  it('takes a text without notation as it is', () => {
    expect(readBlocks('2 * 3 * 1 is [6] (six)')).toEqual([{ type: 'paragraph', children: [{ text: '2 * 3 * 1 is [6] (six)' }] }]);
  });
  it('joins lines into a paragraph and cuts at empty lines and at lists', () => {
    expect(readBlocks('one\ntwo\n- a\n- b\n\n\nthree').map((block) => block.type)).toEqual(['paragraph', 'list', 'paragraph']);
  });
  it('keeps spaces outside the stars', () => {
    expect(writeBlocks([{ type: 'paragraph', children: [{ text: 'a' }, { text: ' b ', bold: true }, { text: 'c' }] }])).toBe('a **b** c');
  });
  it('is empty for an empty text', () => {
    expect(readBlocks(' \n \n')).toEqual([]);
    expect(writeBlocks([])).toBe('');
  });
});
