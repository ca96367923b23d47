/** The name of a series' colour in the style sheet: eight that the colour-blind can tell apart, then grey for “other”. */
export function seriesColor(index: number, other = false): string {
  return `var(--gw-series-${other ? 'other' : index % 8})`;
}
