/** A text in quotes or a number. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The same JSON, with whole numbers that do not fit 64 bits written with an exponent: ClickHouse's JSON functions
 * take the whole text for broken otherwise. Empty when nothing had to change.
 */
export function parseableJson(json: string): string {
  if (!/\d{19}/.test(json)) return '';
  const rewritten = json.replace(token, (text) => (isTooLong(text) ? Number(text).toExponential() : text));
  return rewritten === json ? '' : rewritten;
}

/** Whether it is a whole number beyond 64 bits. */
function isTooLong(text: string): boolean {
  if (!/^-?\d{19,}$/.test(text)) return false;
  const number = BigInt(text);
  return number < -(2n ** 63n) || number >= 2n ** 64n;
}
