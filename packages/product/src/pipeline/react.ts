import type { Effect } from '../kernel/effect.ts';
import { type Entry, type LoggedEntry, maximumDepth } from '../kernel/entry.ts';
import { type Happening, happeningKeys } from '../kernel/slice.ts';
import { subjectKey } from '../kernel/subject.ts';
import type { Cell } from './cell.ts';
import { match } from './match.ts';
import { noteFacts } from './note-facts.ts';
import { noteManifest } from './note-live.ts';
import { type LiveMatcher, type LiveReactor, type Registry, scopeColumns } from './registry.ts';
import { stateKey } from './subject-doc.ts';
import type { WorkingSet } from './working-set.ts';

/** What stages 5 and 6 need to move one subject. */
export interface Turn {
  readonly set: WorkingSet;
  readonly registry: Registry;
  readonly cell: Cell;
  readonly entry: LoggedEntry;
  /** When what happens happens, for milestones: the event's time, or the entry's. */
  readonly time: number;
  /** Told of the milestones that the subject reaches. */
  reached(milestones: readonly string[]): void;
}

/**
 * Stages 5 and 6 for one happening: match what its changed keys concern, then let every slice that listens move
 * on, first to the happening itself, then to the milestones it led to. Milestones may lead to milestones; the
 * chain ends at the latest when all are reached.
 */
export function take(turn: Turn, happening: Happening, changed: readonly string[]): void {
  cascade(turn, [happening], changed);
}

/** The same for happenings that came to pass otherwise. */
export function cascade(turn: Turn, initial: readonly Happening[], changed: readonly string[]): void {
  const { cell, registry, entry } = turn;
  const happenings: Happening[] = [...initial];
  let keys: readonly string[] = changed;
  for (;;) {
    while (keys.length > 0) {
      const entered = match(cell, registry.matchersFor(cell.subject.kind, keys), entry.at);
      happenings.push(...reach(turn, entered));
      keys = entered.map(({ definition }) => `milestone:${definition.id}`);
    }
    const told = happenings.splice(0);
    if (told.length === 0) return;
    // How far somebody has come with a content may be what another rule waits for.
    keys = [];
    for (const each of told) {
      const reactors = registry.reactorsFor(cell.subject, happeningKeys(each));
      if (reactors.length > 0) keys = [...keys, ...react(turn, each, reactors)];
    }
  }
}

/** The subject reaches milestones: noted on the subject, and for whoever asked to be told. */
export function reach(turn: Turn, entered: readonly LiveMatcher[]): Happening[] {
  if (entered.length === 0) return [];
  const { cell, time } = turn;
  let { milestones } = cell.doc();
  for (const { definition } of entered) milestones = milestones.with(definition.id, time);
  cell.update({ milestones });
  const ids = entered.map(({ definition }) => definition.id);
  turn.reached(ids);
  return ids.map((milestone) => ({ kind: 'milestone', milestone, at: time }));
}

/** Stage 6 for the given reactors: next state, standing, effects. The dependency keys that their states changed. */
export function react(turn: Turn, happening: Happening, reactors: readonly LiveReactor[]): string[] {
  const changed: string[] = [];
  for (const { definition, reactor } of reactors) {
    const { cell, entry, set } = turn;
    const key = stateKey(definition.slice, definition.id);
    const state = cell.doc().states[key];
    const step = reactor.advance({ definition, state, happening, subject: cell.subject, facts: cell.facts(), now: entry.at });
    if (step.state !== state && step.state !== undefined) {
      cell.update({ states: { ...cell.doc().states, [key]: step.state } });
      changed.push(...noteFacts(cell, { definition, reactor }, step.state));
      const before = state === undefined ? undefined : reactor.standing(state);
      const after = reactor.standing(step.state);
      if (after && (before?.status !== after.status || before.at !== after.at)) {
        set.standings.put({
          slice: definition.slice,
          definition: definition.id,
          subject: subjectKey(cell.subject),
          cause: entry.id,
          ...after,
          ...scopeColumns(cell.scope),
        });
      }
    }
    for (const effect of step.effects) request(turn, effect, key);
  }
  return changed;
}

/** Writes down what an effect asks for; stage 7 does it after the commit. */
function request({ set, cell, entry }: Turn, effect: Effect, key: string): void {
  switch (effect.type) {
    case 'show':
      if (cell.subject.kind === 'person') noteManifest(set, cell.scope, cell.subject.id);
      return;
    case 'wake':
      cell.update({ untils: { ...cell.doc().untils, [key]: effect.at } });
      return;
    case 'send':
      set.sends.push({
        key: effect.key,
        state: 'queued',
        attempts: 0,
        due: entry.at,
        message: { ...effect.message },
        error: null,
        ...scopeColumns(cell.scope),
      });
      return;
    case 'emit':
      emit(set, entry, cell, effect);
  }
}

function emit(set: WorkingSet, entry: LoggedEntry, cell: Cell, effect: Extract<Effect, { type: 'emit' }>): void {
  const { key, event, properties } = effect;
  const who = cell.identity();
  if (!who) return;
  const body: Entry['body'] = {
    what: 'event',
    event: { type: 'track', messageId: key, ...who, event, properties, time: entry.at, receivedAt: entry.at, level: 'server' },
  };
  send(set, entry, { id: `event:${key}`, body });
}

/** A derived entry, unless the chain that leads to it is already as long as it may be. */
export function send(set: WorkingSet, cause: LoggedEntry, input: Pick<Entry, 'id' | 'body'>): void {
  if (cause.depth >= maximumDepth) return;
  set.outgoing.push({ scope: cause.scope, origin: 'derived', cause: cause.id, depth: cause.depth + 1, ...input });
}
