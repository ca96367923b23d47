import type { Answer } from '../answer.ts';

/** Answers as numbers in order, so that Kleene's `all` is the least, `any` the greatest, and `not` the mirror. */
export const answerNumbers = { no: 0, unknown: 1, yes: 2 } as const satisfies Record<Answer, number>;

/** The answer that a number stands for. */
export function answerOf(number: number): Answer {
  return number === 2 ? 'yes' : number === 0 ? 'no' : 'unknown';
}

/** An expression that is always this answer. */
export function constantSql(answer: Answer): string {
  return String(answerNumbers[answer]);
}

/** Yes or no by a condition that is never null. */
export function yesIfSql(condition: string): string {
  return `case when ${condition} then 2 else 0 end`;
}
