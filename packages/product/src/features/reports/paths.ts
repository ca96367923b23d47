import { compareText } from './property-groups.ts';

/** The event at one place of a person's path: 0 is the event from which paths are drawn, 1 the first after (or before) it. */
export interface PathRow {
  readonly person: number;
  readonly place: number;
  readonly name: string;
}

/** What stands at a place: an event, all the rarer ones together, or the end of a path that has no more events. */
export type PathStop = { readonly type: 'event'; readonly name: string } | { readonly type: 'other' } | { readonly type: 'end' };

export interface PathsResult {
  /** People whose paths are drawn. */
  readonly n: number;
  /** At each place its stops, the most frequent first, then the others, then those who went no further from the place before. */
  readonly places: readonly { readonly stops: readonly { readonly stop: PathStop; readonly people: number }[] }[];
  /** People from a stop to a stop at the next place; `from` is null at the first. Both are positions in `stops`. */
  readonly links: readonly { readonly place: number; readonly from: number | null; readonly to: number; readonly people: number }[];
}

interface Shape {
  readonly steps: number;
  /** Events that keep a stop of their own at each place. */
  readonly top: number;
}

/** What each person went through; place 0 says only that the person is there. */
export function pathsByPerson(rows: readonly PathRow[]): ReadonlyMap<number, readonly string[]> {
  const paths = new Map<number, string[]>();
  for (const { person, place, name } of rows) {
    const path = paths.get(person) ?? [];
    if (place > 0) path[place - 1] = name;
    paths.set(person, path);
  }
  return paths;
}

/** @param rows a person's places without gaps, from 0 */
export function tabulatePaths(rows: readonly PathRow[], { steps, top }: Shape): PathsResult {
  const all = [...pathsByPerson(rows).values()];
  const people = all.length;
  const places = Array.from({ length: steps }, (_, place) => stopsAt(all, place, top));
  const links = places.flatMap((stops, place) => linksTo(all, { stops, before: places[place - 1], place }));
  return {
    n: people,
    places: places.map((stops) => ({ stops: stops.map(({ stop, people: count }) => ({ stop, people: count })) })),
    links,
  };
}

export interface CountedStop {
  readonly stop: PathStop;
  readonly people: number;
}

/** @param place from 0, here and below */
export function stopsAt(paths: readonly (readonly string[])[], place: number, top: number): CountedStop[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const name = path[place];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, left], [b, right]) => right - left || compareText(a, b));
  const named = sorted.slice(0, top).map(([name, people]): CountedStop => ({ stop: { type: 'event', name }, people }));
  const rare = sorted.slice(top).reduce((sum, [, people]) => sum + people, 0);
  const ended = paths.filter((path) => path.length === place).length;
  return [
    ...named,
    ...(rare > 0 ? [{ stop: { type: 'other' } as const, people: rare }] : []),
    ...(ended > 0 ? [{ stop: { type: 'end' } as const, people: ended }] : []),
  ];
}

/** Where a path stands among the stops of a place; undefined when it has ended before. */
export function positionIn(stops: readonly CountedStop[], path: readonly string[], place: number): number | undefined {
  if (path.length < place) return undefined;
  const name = path[place];
  const own = stops.findIndex(({ stop }) => (name === undefined ? stop.type === 'end' : stop.type === 'event' && stop.name === name));
  return own >= 0 ? own : stops.findIndex(({ stop }) => stop.type === 'other');
}

function linksTo(
  paths: readonly (readonly string[])[],
  { stops, before, place }: { stops: readonly CountedStop[]; before: readonly CountedStop[] | undefined; place: number },
): PathsResult['links'] {
  const counts = new Map<string, { place: number; from: number | null; to: number; people: number }>();
  for (const path of paths) {
    const to = positionIn(stops, path, place);
    if (to === undefined) continue;
    const from = before ? (positionIn(before, path, place - 1) ?? null) : null;
    const key = `${from} ${to}`;
    counts.set(key, { place: place + 1, from, to, people: (counts.get(key)?.people ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => (a.from ?? -1) - (b.from ?? -1) || a.to - b.to);
}
