import type { Subject } from '../../kernel/subject.ts';
import type { AccountRow, PersonRow } from '../tables.ts';
import type { Candidate, Candidates } from './candidate.ts';
import type { Simulation } from './simulation.ts';

/** A count of which only the bounds are known where a page decides and was not recorded: at least, at most. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** What one candidate came to. */
export interface CandidateFindings {
  /** Who was in at some time up to the end of the period. */
  readonly subjects: Bounds;
  /** Of these, how many were in before the period began. */
  readonly before: number;
  /** How often somebody came in. */
  readonly times: number;
}

export type Change = 'gained' | 'lost' | 'same';

/** One subject that at least one of the two concerns. */
export interface FoundSubject {
  readonly kind: Subject['kind'];
  /** Account id; of a person the id of its first link, as the sender gave it. */
  readonly id: string;
  readonly link: 'user' | 'anonymous' | null;
  readonly label: string | null;
  readonly change: Change;
  readonly draft: Found | null;
  readonly published: Found | null;
}

/** When and how often one candidate concerned one subject. `sure` = no unrecorded page had to be guessed. */
export interface Found {
  readonly at: number;
  readonly times: number;
  readonly sure: boolean;
}

/** Counted by the day on which a subject first came in, in the zone of the report. */
export interface FoundDay {
  readonly day: string;
  readonly draft: number;
  readonly published: number;
}

export interface BacktestFindings {
  readonly draft: CandidateFindings;
  readonly published: CandidateFindings | null;
  readonly changes: Readonly<Record<Change, number>>;
  readonly days: readonly FoundDay[];
  /** Everybody concerned, the earliest first; cut at {@link listedSubjects}. */
  readonly listed: readonly FoundSubject[];
  /** Whose rule it is, and how many of them there are. */
  readonly kind: Subject['kind'];
  readonly known: number;
  /** Events that were run, and of these how many had been brought in long after they happened. */
  readonly events: number;
  readonly late: number;
  /** Entries that the pipeline refused. */
  readonly failed: number;
  /** When the log begins for this environment; null = nothing is in it. */
  readonly since: number | null;
  /** Whether counts are bounds because pages were not recorded. */
  readonly pagesMissing: boolean;
}

/** Of more subjects only the number is kept. */
export const listedSubjects = 5_000;

interface SummaryInput {
  readonly candidates: Candidates;
  readonly simulation: Simulation;
  readonly from: number;
  readonly until: number;
  readonly zone: string;
  readonly since: number | undefined;
  readonly events: number;
  readonly late: number;
}

/** Counts and lists what a run has seen. */
export function summarise(input: SummaryInput): BacktestFindings {
  const { candidates, simulation, from, since, events, late } = input;
  const kind = candidates.draft.subject;
  const rows = simulation.rows(kind);
  const found = rows.flatMap((row) => findOne(input, kind, row) ?? []);
  found.sort((one, other) => firstOf(one) - firstOf(other) || (one.id < other.id ? -1 : 1));
  const count = (pick: 'draft' | 'published') => countOne(found, pick, from);
  const changes = { gained: 0, lost: 0, same: 0 };
  for (const { change } of found) changes[change]++;
  return {
    draft: count('draft'),
    published: candidates.published ? count('published') : null,
    changes,
    days: countDays(found, input),
    listed: found.slice(0, listedSubjects),
    kind,
    known: rows.length,
    events,
    late,
    failed: simulation.failed,
    since: since ?? null,
    pagesMissing: found.some(({ draft, published }) => draft?.sure === false || published?.sure === false),
  };
}

function findOne({ candidates, simulation }: SummaryInput, kind: Subject['kind'], row: PersonRow | AccountRow): FoundSubject | undefined {
  const [draft, published] = [candidates.draft, candidates.published].map((candidate, index) =>
    candidate === undefined ? null : foundBy(candidate, { simulation, kind, row, index }),
  );
  if (!draft && !published) return undefined;
  return {
    kind,
    ...nameOf(row),
    change: draft && published ? 'same' : draft ? 'gained' : 'lost',
    draft: draft ?? null,
    published: published ?? null,
  };
}

function foundBy(
  candidate: Candidate,
  { simulation, kind, row, index }: { simulation: Simulation; kind: Subject['kind']; row: PersonRow | AccountRow; index: number },
): Found | null {
  if (candidate.subject !== kind) return null;
  if (candidate.kind === 'milestone') {
    const at = row.doc.milestones.at(candidate.id);
    return at === undefined ? null : { at, times: 1, sure: true };
  }
  const seen = simulation.seen({ kind, id: row.id })[index];
  if (seen?.possibleAt === undefined) return null;
  return { at: seen.possibleAt, times: seen.times, sure: seen.sureAt !== undefined };
}

function nameOf(row: PersonRow | AccountRow): Pick<FoundSubject, 'id' | 'link' | 'label'> {
  if (!('userId' in row)) return { id: row.id, link: null, label: row.name };
  const label = row.name ?? row.email;
  if (row.userId !== null) return { id: row.userId, link: 'user', label: label ?? row.userId };
  return { id: row.anonymousId ?? '', link: 'anonymous', label };
}

function firstOf({ draft, published }: FoundSubject): number {
  return Math.min(draft?.at ?? Number.POSITIVE_INFINITY, published?.at ?? Number.POSITIVE_INFINITY);
}

function countOne(found: readonly FoundSubject[], pick: 'draft' | 'published', from: number): CandidateFindings {
  const all = found.flatMap((subject) => subject[pick] ?? []);
  return {
    subjects: { low: all.filter(({ sure }) => sure).length, high: all.length },
    before: all.filter(({ at }) => at < from).length,
    times: all.reduce((sum, { times }) => sum + times, 0),
  };
}

/** Every day of the period that the log reaches, also those on which nobody came. */
function countDays(found: readonly FoundSubject[], { from, until, zone, since }: SummaryInput): FoundDay[] {
  const dayOf = dayIn(zone);
  const days = new Map<string, { draft: number; published: number }>();
  // Twelve hours at a time: no day of any zone is shorter.
  for (let at = Math.max(from, Math.min(since ?? until, earliestOf(found, from))); at < until; at += 43_200_000)
    days.set(dayOf(at), { draft: 0, published: 0 });
  days.set(dayOf(until), { draft: 0, published: 0 });
  for (const subject of found) {
    for (const pick of ['draft', 'published'] as const) {
      const at = subject[pick]?.at;
      const counts = at === undefined || at < from ? undefined : days.get(dayOf(at));
      if (counts) counts[pick]++;
    }
  }
  return [...days].map(([day, counts]) => ({ day, ...counts }));
}

function earliestOf(found: readonly FoundSubject[], from: number): number {
  return found.reduce((first, subject) => {
    const at = firstOf(subject);
    return at >= from && at < first ? at : first;
  }, Number.POSITIVE_INFINITY);
}

function dayIn(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => format.format(at);
}
