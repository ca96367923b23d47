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
  const outer = id.trim();
  const bare = quoted.test(outer) ? outer.slice(1, -1).trim() : outer;
  // Nearly every id is longer than any of them: no copy in small letters is made of it.
  return bare.length <= longestWord && words.has(bare.toLowerCase());
}

const quoted = /^(['"]).*\1$/;
const longestWord = Math.max(...[...words].map((word) => word.length));
