import type { Json, JsonObject } from '../../kernel/json.ts';

type Kind = 'people' | 'accounts' | 'events';
export type Mapping = Readonly<Record<string, string>>;

/** What a column can become; `trait` keeps it under its own name, as a trait or a property. */
export const targets: Readonly<Record<Kind, readonly string[]>> = {
  people: ['userId', 'anonymousId', 'groupId', 'timestamp', 'trait'],
  accounts: ['groupId', 'userId', 'timestamp', 'trait'],
  events: ['userId', 'anonymousId', 'groupId', 'event', 'timestamp', 'messageId', 'trait'],
};

const words: Readonly<Record<string, readonly string[]>> = {
  userId: ['userid', 'user', 'personid', 'customerid'],
  anonymousId: ['anonymousid', 'deviceid'],
  groupId: ['groupid', 'accountid', 'companyid', 'organizationid', 'organisationid', 'account', 'company'],
  event: ['event', 'eventname'],
  timestamp: ['timestamp', 'time', 'date', 'occurredat'],
  messageId: ['messageid', 'eventid'],
};

/** A first mapping from the names of the columns. A bare `id` is the id of what is imported. */
export function guessMapping(kind: Kind, columns: readonly string[]): Mapping {
  const taken = new Set<string>();
  return Object.fromEntries(
    columns.map((column) => {
      const target = guess(kind, column.toLowerCase().replace(/[^a-z]/g, ''));
      if (target === 'trait' || taken.has(target)) return [column, 'trait'];
      taken.add(target);
      return [column, target];
    }),
  );
}

function guess(kind: Kind, word: string): string {
  if (word === 'id') return kind === 'people' ? 'userId' : kind === 'accounts' ? 'groupId' : 'messageId';
  return targets[kind].find((target) => words[target]?.includes(word)) ?? 'trait';
}

const types: Readonly<Record<Kind, string>> = { people: 'identify', accounts: 'group', events: 'track' };

/** A row of a table as an event of the Segment specification. Empty cells are absent. */
export function rowToEvent(kind: Kind, row: Readonly<Record<string, string>>, mapping: Mapping): JsonObject {
  const event: Record<string, Json> = { type: types[kind] };
  const values: Record<string, Json> = {};
  for (const [column, cell] of Object.entries(row)) {
    const target = mapping[column] ?? '';
    if (cell === '' || target === '') continue;
    if (target === 'trait') values[column] = typed(cell);
    else event[target] = cell;
  }
  return finish(kind, { ...event, [kind === 'events' ? 'properties' : 'traits']: values });
}

/** An object of a JSONL file as an event: its own type holds for events, the kind decides for people and accounts. */
export function objectToEvent(kind: Kind, value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const object = value as JsonObject;
  return finish(kind, kind === 'events' && object.type !== undefined ? object : { ...object, type: types[kind] });
}

/** An import is no visit of the person, and what a person's row says about the account goes into the context. */
function finish(kind: Kind, event: JsonObject): JsonObject {
  const context = typeof event.context === 'object' && event.context !== null && !Array.isArray(event.context) ? event.context : {};
  return kind === 'events' ? event : { ...event, context: { ...context, active: false } };
}

/** Numbers and truth values of a table. A leading zero makes a text: it is a postal code, not a number. */
function typed(cell: string): Json {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(cell) ? Number(cell) : cell;
}
