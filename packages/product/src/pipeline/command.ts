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
  const { scope, slice, name, subject, actor, payload, now } = input;
  const entry: Entry = {
    id: `command:${input.id}`,
    scope,
    origin: 'source',
    depth: 0,
    body: { what: 'command', slice, name, subject, actor, payload },
  };
  await tx.insertNew(outbox, toOutbox([entry], now));
  return entry.id;
}
