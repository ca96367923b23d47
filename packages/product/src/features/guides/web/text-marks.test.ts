import { describe, expect, it } from 'vitest';
import { makeLink, toggleMark } from './text-marks.ts';

describe('marking words', () => {
  it('makes bold and takes it away again', () => {
    const bold = toggleMark({ text: 'a word here', start: 2, end: 6 }, '**');
    expect(bold).toEqual({ text: 'a **word** here', start: 4, end: 8 });
    expect(toggleMark(bold, '**')).toEqual({ text: 'a word here', start: 2, end: 6 });
  });
  it('adds italic inside bold', () => {
    expect(toggleMark({ text: '**word**', start: 2, end: 6 }, '*').text).toBe('***word***');
  });
  it('gives a word to type over where nothing is selected', () => {
    expect(toggleMark({ text: '', start: 0, end: 0 }, '*')).toEqual({ text: '*text*', start: 1, end: 5 });
  });
  it('selects the address of a new link', () => {
    const link = makeLink({ text: 'see docs', start: 4, end: 8 });
    expect(link.text).toBe('see [docs](https://)');
    expect(link.text.slice(link.start, link.end)).toBe('https://');
  });
});
