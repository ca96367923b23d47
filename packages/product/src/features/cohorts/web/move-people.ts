import type { CohortPeopleAnswer, CohortPeopleRequest } from '../contract.ts';

/** People in one call: each is waited for until it holds, so that progress shows. */
const inOneCall = 500;

interface Wish {
  readonly post: (path: string, body: Partial<CohortPeopleRequest>) => Promise<CohortPeopleAnswer>;
  /** The id of the list. */
  readonly list: string;
  readonly people: Partial<Readonly<CohortPeopleRequest>>;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Puts any number of people on a list, or takes them off it, some hundred at a time. Whoever is named in several ways
 * counts once in a call. What was done before a refusal stays done; asked again, it is done once.
 */
export async function movePeople({ post, list, people, onProgress }: Wish): Promise<CohortPeopleAnswer> {
  const sum = { added: 0, removed: 0, unknown: [] as string[] };
  const moves = [...movesOf(people)];
  for (let start = 0; start < moves.length; start += inOneCall) {
    const call: Partial<CohortPeopleRequest> = {};
    for (const [way, id] of moves.slice(start, start + inOneCall)) {
      call[way] ??= [];
      call[way].push(id);
    }
    const answer = await post(`cohorts/${encodeURIComponent(list)}/people`, call);
    sum.added += answer.added;
    sum.removed += answer.removed;
    sum.unknown.push(...answer.unknown);
    onProgress?.(Math.min(1, (start + inOneCall) / moves.length));
  }
  return sum;
}

function* movesOf(people: Wish['people']): Generator<readonly [way: keyof CohortPeopleRequest, id: string]> {
  for (const way of ['addPeople', 'add', 'removePeople', 'remove'] as const) for (const id of people[way] ?? []) yield [way, id];
}
