import { expect, test, vi } from 'vitest';
import { type MemberId, peopleLines } from './people-lines.ts';
import { type MembersPage, pageOf } from './queries/members.ts';

const label = async (members: readonly MemberId[]) => members.map((id) => ({ id: `p_${id}`, label: `Person ${id}` }));

async function linesOf(people: readonly number[]) {
  const members = vi.fn(async (page: MembersPage<MemberId>) => pageOf<MemberId>(people, page));
  const pieces: string[] = [];
  for await (const piece of peopleLines({ members, label })) pieces.push(piece);
  return { asked: members.mock.calls.length, pieces, lines: pieces.join('').split('\r\n').slice(0, -1) };
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('many thousand people are had with one question, in pieces', async () => {
  const { asked, pieces, lines } = await linesOf(upTo(12_001));
  expect([asked, pieces.length, lines.length]).toEqual([1, 3, 12_002]);
  expect([lines[0], lines[1], lines.at(-1)]).toEqual(['\ufeffid,name', 'p_0,Person 0', 'p_12000,Person 12000']);
});

test('more than are held at a time take a second question, and nobody twice', async () => {
  const { asked, lines } = await linesOf(upTo(200_001));
  expect([asked, lines.length, new Set(lines).size]).toEqual([2, 200_002, 200_002]);
});

test('nobody is a file with its head', async () => {
  expect((await linesOf([])).pieces).toEqual(['\ufeffid,name\r\n']);
});
