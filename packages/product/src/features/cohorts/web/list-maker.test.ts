import { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { expect, test } from 'vitest';
import type { Cohort } from '../cohort.ts';
import { listMaker } from './list-maker.ts';

const lost = () => new ApiProblem({ code: 'unreachable', status: 0, message: 'The server did not answer.' });
/** What a gateway says of a server that did not answer it. */
const gateway = (status: number) => new ApiProblem({ code: 'unexpected', status, message: `The server answered ${status}.` });
const conflict = (revision: number) =>
  new ApiProblem({ code: 'conflict', status: 409, message: 'Somebody else saved this.', detail: { revision } });
const named = (name: string): Cohort => ({ name, description: '' });

/** Drafts as the server keeps them; `fail` is asked before and after each change, and throws what the screen gets. */
function fakeServer(fail: (moment: string, call: number) => Error | undefined) {
  const lists = new Map<string, { revision: number; name: string; published: string | undefined }>();
  let call = 0;
  let ids = 0;
  const at = (moment: string) => {
    const error = fail(moment, call);
    if (error) throw error;
  };
  const make = listMaker({
    newId: (name) => `${name}-${++ids}`,
    save: async (id, body, revision) => {
      call++;
      at('before save');
      const before = lists.get(id);
      if ((before?.revision ?? 0) !== revision) throw conflict(before?.revision ?? 0);
      lists.set(id, { revision: revision + 1, name: body.name, published: before?.published });
      at('after save');
      return revision + 1;
    },
    publish: async (id, revision) => {
      call++;
      at('before publish');
      const list = lists.get(id);
      if (list?.revision !== revision) throw conflict(list?.revision ?? 0);
      list.published = list.name;
      at('after publish');
    },
  });
  return { make, lists: () => [...lists].map(([id, { published }]) => [id, published]), calls: () => call };
}

const moments = ['before save', 'after save', 'before publish', 'after publish'];
const ends = [lost(), gateway(502), gateway(504)];
for (const [moment, end] of moments.flatMap((moment) => ends.map((end) => [moment, end] as const))) {
  test(`a list whose first try ended ${moment} (${end.status}) is made once, under the name that was given last`, async () => {
    const server = fakeServer((at, call) => (at === moment && call <= 2 ? end : undefined));
    await expect(server.make(named('Guests'))).rejects.toThrow();
    let id: string | undefined;
    // Before the second try arrives, the first name was mended.
    for (let tries = 0; tries < 3 && id === undefined; tries++) id = await server.make(named('Beta guests')).catch(() => undefined);
    expect([id, server.lists()]).toEqual(['Guests-1', [['Guests-1', 'Beta guests']]]);
  });
}

test('a list that is made is not saved again when only its people are tried again; a new name is', async () => {
  const server = fakeServer(() => undefined);
  await server.make(named('Guests'));
  await server.make(named('Guests'));
  expect(server.calls()).toBe(2);
  await server.make(named('Beta guests'));
  expect([server.calls(), server.lists()]).toEqual([4, [['Guests-1', 'Beta guests']]]);
});

test('a save that was refused did not arrive: what holds its place is somebody else’s', async () => {
  const refused = new ApiProblem({ code: 'invalid_body', status: 400, message: 'No.' });
  const server = fakeServer((at, call) => (at !== 'before save' ? undefined : call === 1 ? refused : conflict(3)));
  await expect(server.make(named('Guests'))).rejects.toMatchObject({ code: 'invalid_body' });
  await expect(server.make(named('Guests'))).rejects.toMatchObject({ code: 'conflict' });
  expect(server.lists()).toEqual([]);
});

test('what somebody else has saved meanwhile is not overwritten', async () => {
  const server = fakeServer((at, call) => (at === 'before save' && call === 3 ? conflict(7) : undefined));
  await server.make(named('Guests'));
  await expect(server.make(named('Beta guests'))).rejects.toMatchObject({ code: 'conflict' });
  expect(server.lists()).toEqual([['Guests-1', 'Guests']]);
});
