/**
 * A network address without its last part, so that it names a neighbourhood and no household: /24 of IPv4, /48 of
 * IPv6. Undefined for what is no address.
 */
export function truncateAddress(address: string): string | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(mapped);
  if (four) return four.slice(1).every((part) => Number(part) < 256) ? `${four.slice(1, 4).join('.')}.0` : undefined;
  const groups = expand(mapped.split('%', 1)[0] ?? '');
  return groups && `${groups.slice(0, 3).join(':')}::`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(address: string): string[] | undefined {
  const halves = address.toLowerCase().split('::');
  if (!address.includes(':') || halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - (head?.length ?? 0) - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...(head ?? []), ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => group.replace(/^0+(?=.)/, ''));
}
