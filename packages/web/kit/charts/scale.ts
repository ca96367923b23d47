const about = 4;

/** A scale from zero: round steps that reach at least `most`. `whole`: what is counted has nothing between 1 and 2. */
export function roundTicks(most: number, { whole = false } = {}): readonly number[] {
  if (!(most > 0)) return [0, 1];
  const raw = whole ? Math.max(1, most / about) : most / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factors = whole && power < 10 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10];
  const step = (factors.find((factor) => factor * power >= raw) ?? 10) * power;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
}

/** A share on an axis: “75 %”, “2.5 %”. */
export function shareTick(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** Which of so many labels are written when each needs so many pixels: the last one always, then every n-th before it. */
export function labelledPlaces(count: number, width: number, each: number): ReadonlySet<number> {
  const every = Math.max(1, Math.ceil((count * each) / Math.max(1, width)));
  return new Set(Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % every === 0));
}
