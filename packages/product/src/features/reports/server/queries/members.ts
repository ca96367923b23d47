/** Which part of a list of members is asked for. They are listed by number (an account by name), each once. */
export interface MembersPage<Id = number> {
  /** The last member of the part before; null for the first part. */
  readonly after: Id | null;
  readonly limit: number;
}

/** The page that a request asks for: the first one unless it says what it comes after. */
export function pageAsked<Id>({ after, limit }: { readonly after?: Id | undefined; readonly limit: number }): MembersPage<Id> {
  return { after: after ?? null, limit };
}

/** The people, or accounts, behind a number: one part of them, and how many there are in all. */
export interface Members<Id = number> {
  readonly members: readonly Id[];
  readonly total: number;
}

/** A member and, in every row, how many there are in all. */
export interface MemberRow {
  readonly person: number;
  readonly total: number;
}

/** Members in memory: sorted, each once. */
export function pageOf<Id extends number | string>(sorted: readonly Id[], { after, limit }: MembersPage<Id>): Members<Id> {
  const beyond = after === null ? sorted : sorted.filter((member) => member > after);
  return { members: beyond.slice(0, limit), total: sorted.length };
}

/** The same as rows, as a query's fold gives them. */
export function memberRows(people: Iterable<number>, page: MembersPage): MemberRow[] {
  const { members, total } = pageOf(
    [...new Set(people)].sort((a, b) => a - b),
    page,
  );
  return members.map((person) => ({ person, total }));
}

/** A page of a statement that gives each person once. The total is counted before the page is cut. */
export function pageSql(people: string, { after, limit }: MembersPage): string {
  return `select person, total from (select person, count(*) over () as total from (${people}) as members) as counted
    ${after === null ? '' : `where person > ${after} `}order by person limit ${limit}`;
}

/** Nobody: what a place outside the range has. */
export const noMembers: Members = { members: [], total: 0 };

/** @param plain empty for a page behind the last member, whose total is then not known and 0 */
export function membersOf(plain: readonly MemberRow[]): Members {
  return { members: plain.map(({ person }) => person), total: plain[0]?.total ?? 0 };
}
