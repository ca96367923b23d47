/** What is not known is `unknown`, and decides nothing by itself (Kleene's three values). */
export type Answer = 'yes' | 'no' | 'unknown';

/** An answer, and for how long it holds. */
export interface Verdict {
  readonly answer: Answer;
  /** Epoch milliseconds: the first instant at which the answer could change by time alone. Absent = never. */
  readonly until?: number;
}

/** The answer of one condition, with what was found: the value of a trait, a count, a path. Absent where nothing was known. */
export interface Finding extends Verdict {
  readonly found?: unknown;
}

export const unknown: Finding = { answer: 'unknown' };

/** A finding; `until` may be undefined. */
export function finding(answer: Answer, found: unknown, until?: number): Finding {
  return until === undefined ? { answer, found } : { answer, found, until };
}

const forEver: Readonly<Record<Answer, Verdict>> = { yes: { answer: 'yes' }, no: { answer: 'no' }, unknown: { answer: 'unknown' } };

export function verdict(answer: Answer, until: number | undefined): Verdict {
  return until === undefined ? forEver[answer] : { answer, until };
}

export function yesIf(condition: boolean): Answer {
  return condition ? 'yes' : 'no';
}

export function opposite(answer: Answer): Answer {
  return answer === 'unknown' ? answer : yesIf(answer === 'no');
}
