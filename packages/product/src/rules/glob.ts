/**
 * Whether a path matches a pattern: `*` is one segment or a part of it, `**` any number of segments. A trailing
 * slash, the query and the fragment do not count. Linear in pattern × path, so no pattern can be slow.
 */
export function matchesPath(pattern: string, path: string): boolean {
  return matchSegments(segmentsOf(pattern), segmentsOf(path));
}

function segmentsOf(path: string): string[] {
  const bare = path.split(/[?#]/, 1)[0] ?? '';
  return bare.split('/').filter((segment) => segment !== '');
}

function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  return matchSequence(
    pattern.length,
    path.length,
    (p) => pattern[p] === '**',
    (p, s) => matchOne(pattern[p] ?? '', path[s] ?? ''),
  );
}

function matchOne(pattern: string, segment: string): boolean {
  return matchSequence(
    pattern.length,
    segment.length,
    (p) => pattern[p] === '*',
    (p, s) => pattern[p] === segment[s],
  );
}

/** The greedy wildcard walk with one point of return: https://en.wikipedia.org/wiki/Matching_wildcards */
function matchSequence(
  patternLength: number,
  length: number,
  isWild: (p: number) => boolean,
  same: (p: number, s: number) => boolean,
): boolean {
  let p = 0;
  let s = 0;
  let wild = -1;
  let resume = 0;
  while (s < length) {
    if (p < patternLength && isWild(p)) {
      wild = p++;
      resume = s;
    } else if (p < patternLength && same(p, s)) {
      p++;
      s++;
    } else if (wild >= 0) {
      p = wild + 1;
      s = ++resume;
    } else return false;
  }
  while (p < patternLength && isWild(p)) p++;
  return p === patternLength;
}
