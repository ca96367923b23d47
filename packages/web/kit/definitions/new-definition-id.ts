/** A readable id that nothing else has: `welcome-tour-k3f9a2`. The name may be in any script; then the kind stands in. */
export function newDefinitionId(name: string, kind: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48);
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return `${words || kind}-${random.toString(36).padStart(6, '0').slice(-6)}`;
}

/** An id for a part (a step, an item) that differs from all `taken`: `step-3`. */
export function newPartId(kind: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${kind}-${number}`)) number++;
  return `${kind}-${number}`;
}
