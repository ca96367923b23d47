import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { useGrowingList } from '@gangway/web/kit/api/use-growing-list.ts';
import type { CohortListAnswer } from '../contract.ts';

type Member = CohortListAnswer['people'][number];

/** Those on a list who match the search, a page at a time, in the order of their ids. */
export function useListPeople(list: string, search: string) {
  const api = useApi();
  const path = `cohorts/${encodeURIComponent(list)}/people`;
  const pages = useGrowingList<CohortListAnswer, Member>({
    path,
    query: { search },
    first: {},
    next: ({ next }) => (next === null ? undefined : { after: next }),
    pick: ({ people, total }) => ({ rows: people, total }),
  });
  /** All of them, for a file. */
  const everybody = async () => {
    const people: Member[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: CohortListAnswer = await api.get<CohortListAnswer>(path, { search, after, limit: 1000 });
      people.push(...page.people);
      after = page.next;
    }
    return people;
  };
  return { pages, everybody };
}
