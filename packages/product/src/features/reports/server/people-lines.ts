import { csvLine, csvMark } from '../../../kernel/csv-line.ts';
import type { PersonLabel } from '../../people/server/reader.ts';
import type { Members, MembersPage } from './queries/members.ts';

/** A person's number, or an account's id. */
export type MemberId = number | string;

/** Where the people behind a number come from, and how they are called; who has no name any more is left out. */
export interface PeopleSource {
  members(page: MembersPage<MemberId>): Promise<Members<MemberId>>;
  label(members: readonly MemberId[]): Promise<readonly PersonLabel[]>;
}

/** Every question counts the whole report anew, so one gives nearly every list; this bounds what is held at a time. */
const inOneQuestion = 200_000;
/** People whose names are read together, and one piece of the file. */
const inOnePiece = 5000;

/** Everybody as CSV, piece by piece. The first piece is there only when the question could be answered. */
export async function* peopleLines(source: PeopleSource): AsyncGenerator<string> {
  let head = csvMark + csvLine(['id', 'name']);
  let after: MemberId | null = null;
  do {
    const { members }: Members<MemberId> = await source.members({ after, limit: inOneQuestion });
    for (let start = 0; start === 0 || start < members.length; start += inOnePiece) {
      const people = await source.label(members.slice(start, start + inOnePiece));
      yield head + people.map(({ id, label }) => csvLine([id, label])).join('');
      head = '';
    }
    after = members.length < inOneQuestion ? null : (members.at(-1) ?? null);
  } while (after !== null);
}
