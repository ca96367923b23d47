const whole = new Intl.NumberFormat('en-GB');

/** “12,408”. */
export function countText(value: number): string {
  return whole.format(value);
}

/** A share from 0 to 1 as “63.4 %”; “–” when there is none. */
export function shareText(share: number | null): string {
  if (share === null) return '–';
  const percent = share * 100;
  return `${percent === 0 || percent === 100 ? percent : percent.toFixed(1)} %`;
}

/** “1 person”, “3 people”. */
export function plural(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
