/** A text and what is selected in it. */
export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Puts `sign` around the selection, or takes it away when it is there. Nothing selected: around a word to type over. */
export function toggleMark({ text, start, end }: Selected, sign: '**' | '*'): Selected {
  const width = sign.length;
  const before = text.slice(0, start);
  const chosen = text.slice(start, end);
  const after = text.slice(end);
  // One star inside two is bold, not italic, so a single star counts only where it stands alone or makes three.
  const marked = before.endsWith(sign) && after.startsWith(sign) && (width === 2 || !before.endsWith('**') || before.endsWith('***'));
  if (marked && chosen !== '')
    return { text: before.slice(0, -width) + chosen + after.slice(width), start: start - width, end: end - width };
  const words = chosen || 'text';
  return { text: before + sign + words + sign + after, start: start + width, end: start + width + words.length };
}

/** Makes the selection a link and selects its address, to be typed over. */
export function makeLink({ text, start, end }: Selected): Selected {
  const words = text.slice(start, end) || 'link';
  const address = 'https://';
  const from = start + words.length + 3;
  return { text: `${text.slice(0, start)}[${words}](${address})${text.slice(end)}`, start: from, end: from + address.length };
}
