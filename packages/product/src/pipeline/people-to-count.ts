import type { Tx } from '../ports/db/db.ts';
import { uncounted } from './count-past.ts';
import type { KeyedFeature } from './fact-index.ts';
import type { PreparationRow } from './preparation-tables.ts';
import { scopeColumns } from './registry.ts';
import { type PersonRow, people } from './tables.ts';

/**
 * People that one step looks at, and past events that it reads, except of somebody who alone has more. Each step
 * asks the warehouse one question over the whole history of some names, so few large steps cost less than many.
 */
const peopleATime = 4_000;
const eventsATime = 200_000;
/** Of so many people it is written down who is left; of more, everybody is looked at again. */
const writtenDown = 10_000;

/** The people of one step. */
export interface PeopleStep {
  /** How many were looked at, and those of them whose past is not counted yet, as they are now. */
  readonly looked: number;
  readonly left: readonly PersonRow[];
  /** The id that the next step goes on after; undefined = the pass is over. */
  readonly after: string | undefined;
}

/** The next people of a pass. */
export async function nextPeople(tx: Tx, row: PreparationRow, features: readonly KeyedFeature[]): Promise<PeopleStep> {
  const { listed, more } = row.among === null ? await listEverybody(tx, row) : await listAmong(tx, row, row.among);
  const taken = affordable(listed, features);
  const last = taken.at(-1);
  const over = taken.length === listed.length && !more;
  const now = new Map(taken.flatMap(({ person }) => (person ? [[person.id, person] as const] : [])));
  return { looked: taken.length, left: uncounted([...now.values()], features), after: over ? undefined : last?.id };
}

/** Whom the next pass has to look at: those whom this one found uncounted, null when they are too many to be written down. */
export function stillLeft(before: readonly string[] | null, left: readonly PersonRow[]): readonly string[] | null {
  const ids = before && [...new Set([...before, ...left.map(({ id }) => id)])];
  return ids && ids.length <= writtenDown ? ids.sort() : null;
}

/** Somebody as they are now, under the id that led to them; undefined = there is nobody any more. */
interface Listed {
  readonly id: string;
  readonly person: PersonRow | undefined;
}

async function listEverybody(tx: Tx, row: PreparationRow): Promise<{ listed: Listed[]; more: boolean }> {
  const rows = await tx.list(people, { where: scopeColumns(row), orderBy: ['id'], after: row.after, limit: peopleATime });
  const ids = rows.map(({ id }) => id);
  return { listed: await followed(tx, row, ids, rows), more: rows.length === peopleATime };
}

async function listAmong(tx: Tx, row: PreparationRow, among: readonly string[]): Promise<{ listed: Listed[]; more: boolean }> {
  const rest = among.filter((id) => id > row.after);
  const ids = rest.slice(0, peopleATime);
  const rows = await tx.get(people, keysOf(row, ids));
  return { listed: await followed(tx, row, ids, rows), more: rest.length > ids.length };
}

/**
 * Who has become somebody else is looked at as that person, also one whom the pass has left behind: the two pasts
 * are one, and no longer counted.
 */
async function followed(tx: Tx, row: PreparationRow, ids: readonly string[], rows: readonly PersonRow[]): Promise<Listed[]> {
  const known = new Map<string, PersonRow | undefined>(rows.map((person) => [person.id, person]));
  const unknown = () => [
    ...new Set([...known.values()].flatMap((person) => (person?.mergedInto && !known.has(person.mergedInto) ? [person.mergedInto] : []))),
  ];
  for (let asked = unknown(); asked.length > 0; asked = unknown()) {
    for (const id of asked) known.set(id, undefined);
    for (const person of await tx.get(people, keysOf(row, asked))) known.set(person.id, person);
  }
  return ids.map((id) => {
    let person = known.get(id);
    while (person?.mergedInto) person = known.get(person.mergedInto);
    return { id, person };
  });
}

function keysOf(row: PreparationRow, ids: readonly string[]) {
  return ids.map((id) => ({ id, ...scopeColumns(row) }));
}

/** The first of them, as many as together did no more than a step reads. */
function affordable(listed: readonly Listed[], features: readonly KeyedFeature[]): readonly Listed[] {
  const names = [...new Set(features.map(({ feature }) => feature.name))];
  let events = 0;
  const end = listed.findIndex(({ person }, index) => {
    if (person && uncounted([person], features).length > 0) for (const name of names) events += person.doc.events.count(name);
    return index > 0 && events > eventsATime;
  });
  return end < 0 ? listed : listed.slice(0, end);
}
