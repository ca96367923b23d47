import { describe, expect, it } from 'vitest';
import { blockSchema } from './content.ts';
import { idText, linkText, nameText } from './text.ts';

describe('texts that people write', () => {
  it('an id is short, plain, and no word that objects have', () => {
    for (const id of ['a', '0', 'first-board_2', 'a'.repeat(64)]) expect([id, idText.safeParse(id).success]).toEqual([id, true]);
    for (const id of ['', '-a', '_a', 'A', 'ä', 'a b', 'a/b', 'a.b', 'a'.repeat(65), 'constructor', '__proto__'])
      expect([id, idText.safeParse(id).success]).toEqual([id, false]);
  });

  it('a name is trimmed and not empty', () => {
    expect(nameText.parse('  Hello ')).toBe('Hello');
    expect(nameText.safeParse('   ').success).toBe(false);
  });

  const dangerous = [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:x',
    'java\nscript:x',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'vbscript:x',
  ];
  it.each(dangerous)('a link cannot be %j', (href) => {
    expect(linkText.safeParse(href).success).toBe(false);
    expect(blockSchema.safeParse({ type: 'paragraph', children: [{ text: 'x', href }] }).success).toBe(false);
  });

  it('a link is a web address or a path', () => {
    for (const href of ['https://a.example/b?c#d', 'http://localhost:3000', '/boards', '/'])
      expect(linkText.safeParse(href).success).toBe(true);
  });
});
