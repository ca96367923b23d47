const words = new Set([
  'anonymous',
  'guest',
  'distinctid',
  'distinct_id',
  'id',
  'not_authenticated',
  'email',
  'undefined',
  'null',
  'none',
  'nan',
  'true',
  'false',
  '0',
  '[object object]',
  'nil',
  '',
]);

/**
 * Ids that a bug wrote: taken at their word they would merge strangers. The list is the one that analytics
 * products agree on (quoted variants included).
 */
export function isGarbageId(id: string): boolean {
  const bare = id
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .trim()
    .toLowerCase();
  return words.has(bare);
}
