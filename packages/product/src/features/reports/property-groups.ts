/** Which of the groups of a breakdown is meant. */
export type GroupKey =
  | { readonly type: 'value'; readonly value: string | number | boolean }
  /** The property was absent. */
  | { readonly type: 'none' }
  /** All values that came after the first few. */
  | { readonly type: 'other' }
  /** The events of one person did not agree. */
  | { readonly type: 'mixed' };

/** Kinds of values in the order in which equal counts are listed, as queries name them. */
export const valueKinds = { none: 0, text: 1, number: 2, yesNo: 3 } as const;

/** A value as engines sort and group it: the kind decides which of the other two tells it. */
export interface ValueColumns {
  /** One of {@link valueKinds}. */
  readonly kind: number;
  /** The characters of a text, `true` or `false`; otherwise empty. */
  readonly text: string;
  readonly number: number;
}

export function columnsOf(value: string | number | boolean | undefined): ValueColumns {
  if (typeof value === 'string') return { kind: valueKinds.text, text: value, number: 0 };
  if (typeof value === 'number') return { kind: valueKinds.number, text: '', number: value };
  if (typeof value === 'boolean') return { kind: valueKinds.yesNo, text: String(value), number: 0 };
  return { kind: valueKinds.none, text: '', number: 0 };
}

export function keyOf({ kind, text, number }: ValueColumns): GroupKey {
  if (kind === valueKinds.text) return { type: 'value', value: text };
  if (kind === valueKinds.number) return { type: 'value', value: number };
  return kind === valueKinds.yesNo ? { type: 'value', value: text === 'true' } : { type: 'none' };
}

/** The order in which equal counts are listed; the same as the engines', who compare bytes. */
export function compareColumns(a: ValueColumns, b: ValueColumns): number {
  return a.kind - b.kind || a.number - b.number || compareText(a.text, b.text);
}

/** By code points, as the bytes of UTF-8 are ordered; JavaScript's own order differs beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** A text that tells the groups of a breakdown apart. */
export function nameOf(key: GroupKey): string {
  return key.type === 'value' ? `value ${JSON.stringify(key.value)}` : key.type;
}

/** The values with the most, at most `top`; the absent one is not among them, for it has a group of its own. */
export function topValues(
  counted: readonly { readonly value: ValueColumns; readonly count: number }[],
  top: number,
): readonly ValueColumns[] {
  return counted
    .filter(({ value }) => value.kind !== valueKinds.none)
    .sort((a, b) => b.count - a.count || compareColumns(a.value, b.value))
    .slice(0, top)
    .map(({ value }) => value);
}
