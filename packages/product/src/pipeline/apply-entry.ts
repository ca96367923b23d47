import type { LoggedEntry } from '../kernel/entry.ts';
import type { Happening } from '../kernel/slice.ts';
import type { Subject } from '../kernel/subject.ts';
import { applyDefinition } from './apply-definition.ts';
import { applyErase, applyErased } from './apply-erasure.ts';
import { applyEvent } from './apply-event.ts';
import { applyAccountFacts, applyCounted } from './apply-facts.ts';
import { applyMerge } from './apply-merge.ts';
import { applyReconsider } from './apply-reconsider.ts';
import type { Body, EventEntry } from './entry-body.ts';
import { match } from './match.ts';
import { cascade, reach, react } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import { emptyAccountDoc } from './subject-doc.ts';
import { exists, milestoneKeys, move, noteTouched, turnFor } from './subject-turn.ts';
import type { AccountRow } from './tables.ts';
import type { Outcome, ResolvedEntry, WorkingSet } from './working-set.ts';

/** Stages 3 to 6 for one entry of any kind. The answer is what the projector needs, if anything. */
export function applyEntry(set: WorkingSet, registry: Registry, entry: LoggedEntry, index: number): Outcome {
  const { body } = entry;
  switch (body.what) {
    case 'event':
      // Not a copy with this body, which the compiler would like: one is made for every event.
      return applyEvent(set, registry, entry as EventEntry, index);
    case 'command':
      return move(set, registry, entry, index, {
        subject: body.subject,
        happening: { kind: 'command', slice: body.slice, name: body.name, actor: body.actor, payload: body.payload },
        keys: [],
      });
    case 'merge':
      return applyMerge(set, registry, entry, index, body);
    case 'erase':
      return applyErase(set, entry, body).then(nothing);
    case 'erased':
      applyErased(set, registry, entry, body);
      return undefined;
    case 'wake':
      return applyWake(set, registry, entry, index, body.subject);
    case 'account_changed':
      return move(set, registry, entry, index, {
        subject: { kind: 'account', id: body.account },
        happening: { kind: 'reconsidered' },
        keys: body.keys,
      });
    case 'copy':
      return applyCopy(set, registry, entry, index, body);
    case 'definition':
      return applyDefinition(set, registry, entry, body).then(nothing);
    case 'prepare':
      return undefined;
    case 'counted':
      return applyCounted(set, registry, entry, index, body);
    case 'account_facts':
      return applyAccountFacts(set, registry, entry, index, body);
    case 'reconsider':
      return applyReconsider(set, registry, entry, index, body);
  }
}

const nothing = () => undefined;

/** Time has passed for a subject: rules whose instant has come are asked again, and slices that asked to be woken are. */
function applyWake(set: WorkingSet, registry: Registry, entry: LoggedEntry, index: number, subject: Subject): ResolvedEntry | undefined {
  if (!exists(set, entry, subject)) return undefined;
  const { turn, resolved } = turnFor(set, registry, entry, { index, subject });
  const { untils } = turn.cell.doc();
  const due = Object.keys(untils).filter((key) => (untils[key] ?? Number.POSITIVE_INFINITY) <= entry.at);
  turn.cell.update({ untils: Object.fromEntries(Object.entries(untils).filter(([key]) => !due.includes(key))) });
  noteTouched(turn);
  const parts = due.map((key) => key.split('/', 2) as [string, string]);
  const entered = match(
    turn.cell,
    parts.flatMap(([slice, id]) => registry.matcher(slice, id) ?? []),
    entry.at,
  );
  const happenings = reach(turn, entered);
  const changed = react(
    turn,
    { kind: 'wake' },
    parts.flatMap(([slice, id]) => registry.reactor(slice, id) ?? []),
  );
  cascade(turn, happenings, [...changed, ...milestoneKeys(entered)]);
  return resolved();
}

/** One of the account's people reached a milestone: the account has, too, from its first person on. */
function applyCopy(set: WorkingSet, registry: Registry, entry: LoggedEntry, index: number, body: Body<'copy'>): ResolvedEntry | undefined {
  const key = { id: body.account, ...scopeColumns(entry.scope) };
  const row: AccountRow = set.accounts.get(key) ?? { ...key, name: null, firstSeen: body.at, lastSeen: body.at, doc: emptyAccountDoc };
  const before = row.doc.milestones.at(body.milestone);
  const first = before === undefined ? body.at : Math.min(before, body.at);
  set.accounts.put({ ...row, doc: { ...row.doc, milestones: row.doc.milestones.with(body.milestone, first) } });
  const happening: Happening = { kind: 'member_milestone', milestone: body.milestone, person: body.person, at: body.at };
  return move(set, registry, entry, index, {
    subject: { kind: 'account', id: body.account },
    happening,
    keys: [`milestone:${body.milestone}`],
  });
}
