/** How many of these belong to a read that stops at the one which brings the entries to `enough`. */
export function untilEnough(sizes: readonly number[], enough = Number.POSITIVE_INFINITY): number {
  let entries = 0;
  const last = sizes.findIndex((size) => {
    entries += size;
    return entries >= enough;
  });
  return last < 0 ? sizes.length : last + 1;
}
