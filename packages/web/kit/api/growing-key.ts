import type { Query } from './request.ts';
import { answerKey } from './use-answer.ts';

const mark = 'pages';

/** The cache key of a list that grows: that of its answer, and a mark behind it. */
export function growingKey(environment: string, path: string, query: Query): readonly unknown[] {
  return [...answerKey(environment, path, query), mark];
}

/** Whether `growingKey` made it. The mark counts behind the query alone, so a search or an id that reads like it is none. */
export function isGrowing(key: readonly unknown[]): boolean {
  return key.at(-1) === mark && typeof key.at(-2) === 'object';
}
