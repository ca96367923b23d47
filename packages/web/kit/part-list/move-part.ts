/** The list with the part at `from` put at `to`; the same list when that changes nothing. */
export function movePart<Part>(parts: readonly Part[], from: number, to: number): readonly Part[] {
  const part = parts[from];
  const target = Math.max(0, Math.min(parts.length - 1, to));
  if (part === undefined || target === from) return parts;
  return parts.toSpliced(from, 1).toSpliced(target, 0, part);
}
