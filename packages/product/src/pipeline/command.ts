import type { Entry } from '../kernel/entry.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Subject } from '../kernel/subject.ts';
import type { Tx } from '../ports/db/db.ts';
import { toOutbox } from './outbox.ts';
import { outbox } from './tables.ts';

/** Something a person did that has a meaning for a subject. */
export interface Command {
  readonly scope: Scope;
  /** Unique: the same id twice is one command. */
  readonly id: string;
  readonly slice: string;
  readonly name: string;
  readonly subject: Subject;
  readonly actor: string;
  readonly payload: JsonObject;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Writes a command's log entry in the transaction of its source rows. Returns the entry's id, for whoever waits until it is applied. */
export async function command(tx: Tx, input: Command): Promise<string> {
  const entry = entryOf(input);
  await tx.insertNew(outbox, toOutbox([entry], input.now));
  return entry.id;
}

/** The same of many that were given at one time, in their order, with one write. Returns the ids of their entries. */
export async function commands(tx: Tx, inputs: readonly Omit<Command, 'now'>[], now: number): Promise<string[]> {
  const entries = inputs.map(entryOf);
  if (entries.length > 0) await tx.insertNew(outbox, toOutbox(entries, now));
  return entries.map(({ id }) => id);
}

function entryOf({ id, scope, slice, name, subject, actor, payload }: Omit<Command, 'now'>): Entry {
  return { id: `command:${id}`, scope, origin: 'source', depth: 0, body: { what: 'command', slice, name, subject, actor, payload } };
}
