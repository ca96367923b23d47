import type { CohortPeopleAnswer, CohortPeopleRequest } from '../contract.ts';

/** People in one call: each is waited for until it holds, so that progress shows. */
const inOneCall = 500;

interface Wish {
  readonly post: (path: string, body: unknown) => Promise<CohortPeopleAnswer>;
  /** The id of the list. */
  readonly list: string;
  readonly way: keyof CohortPeopleRequest;
  readonly ids: readonly string[];
  /** Told the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Puts any number of people on a list, or takes them off it, some hundred at a time. What was done before a refusal
 * stays done; asked again, it is done once.
 */
export async function movePeople({ post, list, way, ids, onProgress }: Wish): Promise<CohortPeopleAnswer> {
  const sum = { added: 0, removed: 0, unknown: [] as string[] };
  for (let start = 0; start < ids.length; start += inOneCall) {
    const answer = await post(`cohorts/${encodeURIComponent(list)}/people`, { [way]: ids.slice(start, start + inOneCall) });
    sum.added += answer.added;
    sum.removed += answer.removed;
    sum.unknown.push(...answer.unknown);
    onProgress?.(Math.min(1, (start + inOneCall) / ids.length));
  }
  return sum;
}
