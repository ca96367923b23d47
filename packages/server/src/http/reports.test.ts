import type {
  FunnelAnswer,
  LifecycleAnswer,
  PathsAnswer,
  PeopleAnswer,
  RetentionAnswer,
  StickinessAnswer,
  TrendAnswer,
  ValueAnswer,
} from '@gangway/product/features/reports/contract.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '../testing/test-content.ts';

let server: TestServer;
let base: string;
const day = 86_400_000;
const start = Date.UTC(2026, 0, 5, 9);
const range = { from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 0, 12), asOf: Date.UTC(2026, 0, 12), zone: 'UTC' };
const signedUp = { type: 'event', name: 'Signed Up' } as const;
const boardMade = { type: 'event', name: 'Board Made' } as const;
const any = { type: 'any' } as const;

/** Who did what on which day: `Signed Up` with a plan, then boards. */
const people: Record<string, readonly (readonly [event: string, day: number, plan?: string])[]> = {
  ada: [
    ['Signed Up', 0, 'pro'],
    ['Board Made', 0, 'pro'],
    ['Board Made', 1],
    ['Board Made', 3],
  ],
  bob: [
    ['Signed Up', 0, 'free'],
    ['Board Made', 2, 'free'],
  ],
  eve: [['Signed Up', 1, 'pro']],
  dan: [['Board Made', 1]],
};

beforeAll(async () => {
  server = await startTestServer({ warehouse: 'duckdb' });
  base = `/api/e/${server.environment.id}/reports`;
  await publishBody(server, { slice: 'milestones', id: 'board' }, milestoneOf(did('Board Made'), { name: 'First board' }));
  const batch = Object.entries(people).flatMap(([userId, events]) =>
    events.map(([event, days, plan], index) => ({
      type: 'track',
      event,
      userId,
      properties: plan ? { plan } : {},
      timestamp: new Date(start + days * day + index * 1000).toISOString(),
      context: { groupId: userId === 'eve' ? 'other' : 'acme' },
    })),
  );
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
});
afterAll(() => server.stop());

async function ask<Answer>(path: string, body: object): Promise<Answer> {
  const { status, body: answer, text } = await server.owner.post<Answer>(`${base}/${path}`, { ...range, ...body });
  expect(status, text).toBe(200);
  return answer;
}
const names = ({ people: some }: PeopleAnswer) => some.map(({ label }) => label).sort();

describe('a funnel', () => {
  const question = { steps: [signedUp, boardMade], within: 7 * day };

  it('answers with times, groups, a trend and how it was counted', async () => {
    const answer = await ask<FunnelAnswer>('funnel', {
      ...question,
      breakdown: { property: 'plan', by: 'first', top: 5 },
      over: 'day',
      hold: 'plan',
    });
    expect(answer.steps.map((step) => step.people)).toEqual([3, 2]);
    expect(answer).toMatchObject({ n: 3, asOf: range.asOf, time: { count: 2 } });
    expect(answer.formula).toContain('have the same “plan”');
    expect(answer.groups).toEqual([
      { key: { type: 'value', value: 'pro' }, reached: [2, 1] },
      { key: { type: 'value', value: 'free' }, reached: [1, 1] },
    ]);
    expect(answer.trend?.map(({ entered, converted }) => [entered, converted])).toEqual([[2, 2], [1, 0], ...Array(5).fill([0, 0])]);
  });

  it('tells who is behind each of its numbers', async () => {
    const behind = async (cell: object, more: object = {}) => names(await ask('funnel/people', { ...question, ...more, cell }));
    expect(await behind({ step: 0, went: 'reached' })).toEqual(['ada', 'bob', 'eve']);
    expect(await behind({ step: 1, went: 'reached' })).toEqual(['ada', 'bob']);
    expect(await behind({ step: 1, went: 'dropped' })).toEqual(['eve']);
    const breakdown = { property: 'plan', by: 'first', top: 5 };
    expect(await behind({ step: 0, went: 'reached', group: { type: 'value', value: 'pro' } }, { breakdown })).toEqual(['ada', 'eve']);
    expect(await behind({ step: 0, went: 'reached', period: 1 }, { over: 'day' })).toEqual(['eve']);
    expect(await behind({ step: 0, went: 'reached', took: { from: 0, to: day } })).toEqual(['ada']);
  });

  it('of milestones calls them by their name', async () => {
    const answer = await ask<FunnelAnswer>('funnel', { ...question, steps: [signedUp, { type: 'milestone', id: 'board' }] });
    expect(answer.steps.map(({ label, people: count }) => [label, count])).toEqual([
      ['Signed Up', 3],
      ['First board', 2],
    ]);
  });
});

describe('retention', () => {
  const question = { start: signedUp, returns: boardMade, entry: 'first', unit: 'day' };

  it('in four modes, each cell with its people', async () => {
    const modes = [
      { mode: { type: 'exact' }, returned: [1, 1, 1, 0] },
      { mode: { type: 'unbounded' }, returned: [2, 2, 1, 0] },
      {
        mode: {
          type: 'bracket',
          brackets: [
            { from: 1, to: 3 },
            { from: 3, to: 7 },
          ],
        },
        returned: [2, 1],
      },
      { mode: { type: 'rolling', length: day }, returned: [1, 1, 1, 0] },
    ];
    for (const { mode, returned } of modes) {
      const answer = await ask<RetentionAnswer>('retention', { ...question, mode });
      const cells = answer.cohorts[0]?.cells.slice(1, returned.length + 1).map((cell) => cell.people);
      expect([mode.type, cells]).toEqual([mode.type, returned]);
      for (const [index, count] of returned.entries()) {
        const cell = { cohort: 0, slot: index + 1, returned: true };
        const [back, gone] = [
          await ask<PeopleAnswer>('retention/people', { ...question, mode, cell }),
          await ask<PeopleAnswer>('retention/people', { ...question, mode, cell: { ...cell, returned: false } }),
        ];
        expect([mode.type, cell, back.total, gone.total]).toEqual([mode.type, cell, count, 2 - count]);
      }
    }
  });

  it('refuses a table that nobody could read, and a bracket that ends before it begins', async () => {
    const long = { ...range, from: range.to - 1000 * day };
    const { body } = await server.owner.post(`${base}/retention`, { ...question, ...long, mode: { type: 'exact' } });
    expect(body).toMatchObject({ code: 'too_many_cohorts', status: 400 });
    const odd = { type: 'bracket', brackets: [{ from: 3, to: 3 }] };
    expect((await server.owner.post(`${base}/retention`, { ...question, ...range, mode: odd })).status).toBe(400);
  });
});

describe('activity', () => {
  const question = { active: boardMade, unit: 'day' };

  it('lifecycle and its people', async () => {
    const { periods } = await ask<LifecycleAnswer>('lifecycle', question);
    expect(periods.slice(0, 4).map((one) => [one.new, one.returning, one.resurrecting, one.dormant])).toEqual([
      [1, 0, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 1, -2],
      [0, 0, 1, -1],
    ]);
    for (const [period, counts] of periods.entries()) {
      for (const state of ['new', 'returning', 'resurrecting', 'dormant'] as const) {
        const { total } = await ask<PeopleAnswer>('lifecycle/people', { ...question, cell: { period, state } });
        expect([period, state, total]).toEqual([period, state, Math.abs(counts[state])]);
      }
    }
  });

  it('stickiness and its people', async () => {
    const answer = await ask<StickinessAnswer>('stickiness', question);
    expect(answer.people.slice(0, 3).map((one) => [one.people, one.atLeast])).toEqual([
      [2, 3],
      [0, 1],
      [1, 1],
    ]);
    expect(answer.average).toBeCloseTo(5 / (3 * 7), 9);
    const behind = (cell: object) => ask<PeopleAnswer>('stickiness/people', { ...question, cell });
    expect(names(await behind({ periods: 1, atLeast: false }))).toEqual(['bob', 'dan']);
    expect(names(await behind({ periods: 2, atLeast: true }))).toEqual(['ada']);
  });
});

describe('a trend', () => {
  const series = [
    { pick: boardMade, measure: 'people' },
    { pick: any, measure: 'events' },
  ];

  it('of several series', async () => {
    const answer = await ask<TrendAnswer>('trend', { series, unit: 'day' });
    expect(answer.series.map(({ label, total, counts }) => [label, total, counts.slice(0, 4)])).toEqual([
      ['Board Made', 3, [1, 2, 1, 1]],
      ['Any event', 8, [3, 3, 1, 1]],
    ]);
    expect(names(await ask('trend/people', { series, unit: 'day', cell: { series: 0, period: 1 } }))).toEqual(['ada', 'dan']);
    const { body } = await server.owner.post(`${base}/trend/people`, { ...range, series, unit: 'day', cell: { series: 4, period: 1 } });
    expect(body).toMatchObject({ code: 'invalid_body' });
  });

  it('by a property, with the people of a group', async () => {
    const question = { series, unit: 'day', breakdown: { property: 'plan', top: 1 } };
    const answer = await ask<TrendAnswer>('trend', question);
    expect(answer.series.filter((one) => one.series === 1).map(({ key, total }) => [key, total])).toEqual([
      [{ type: 'value', value: 'pro' }, 3],
      [{ type: 'other' }, 2],
      [{ type: 'none' }, 3],
    ]);
    const behind = async (group: object) => names(await ask('trend/people', { ...question, cell: { series: 1, period: null, group } }));
    expect(await behind({ type: 'value', value: 'pro' })).toEqual(['ada', 'eve']);
    expect(await behind({ type: 'other', than: ['pro'] })).toEqual(['bob']);
    expect(await behind({ type: 'none' })).toEqual(['ada', 'dan']);
  });
});

it('paths, their stops and links with their people', async () => {
  const question = { anchor: signedUp, direction: 'after', steps: 2, top: 3 };
  const answer = await ask<PathsAnswer>('paths', question);
  expect(answer).toMatchObject({ n: 3, anchor: 'Signed Up' });
  expect(answer.places[0]?.stops).toEqual([
    { stop: { type: 'event', name: 'Board Made' }, people: 2 },
    { stop: { type: 'end' }, people: 1 },
  ]);
  for (const { place, from, to, people: count } of answer.links) {
    const cell = { place, stop: to, ...(from === null ? {} : { from }) };
    expect([cell, (await ask<PeopleAnswer>('paths/people', { ...question, cell })).total]).toEqual([cell, count]);
  }
});

describe('time to value', () => {
  it('of people, with those who are still open', async () => {
    const question = { of: 'person', start: signedUp, value: boardMade };
    const answer = await ask<ValueAnswer>('time-to-value', question);
    expect(answer).toMatchObject({ n: 3, reached: 2, open: 1, lost: 0, incidence: [] });
    // The third has been open for longest.
    expect(answer.mean?.within).toBeGreaterThan(answer.curve.at(-1)?.time ?? 0);
    expect(answer.curve.map(({ share, atRisk }) => [share.toFixed(4), atRisk])).toEqual([
      ['0.3333', 3],
      ['0.6667', 2],
    ]);
    expect(names(await ask('time-to-value/people', { ...question, cell: { outcome: 'open' } }))).toEqual(['eve']);
    expect(names(await ask('time-to-value/people', { ...question, cell: { outcome: 'reached', within: day } }))).toEqual(['ada']);
  });

  it('beside who began in the range before, with the log-rank test', async () => {
    const question = { of: 'person', start: signedUp, value: boardMade };
    const alone = await ask<ValueAnswer>('time-to-value', question);
    expect(alone.before).toBeNull();
    const answer = await ask<ValueAnswer>('time-to-value', { ...question, compare: true });
    expect({ ...answer, before: null, formula: alone.formula, asOf: alone.asOf, mean: alone.mean }).toEqual(alone);
    expect(answer.before).toMatchObject({ from: 2 * range.from - range.to, n: 0, median: null, curve: [], difference: null });
    // Cut where everybody has begun: all of them belong to the range before, and there is nothing to compare.
    const long = range.to - range.from;
    const later = { ...range, from: range.to, to: range.to + long };
    const shifted = (await server.owner.post<ValueAnswer>(`${base}/time-to-value`, { ...later, ...question, compare: true })).body;
    expect(shifted).toMatchObject({ n: 0, before: { from: range.from, n: 3, reached: 2, difference: null } });
    expect(answer.formula).toContain('log-rank');
  });

  it('of accounts lists accounts', async () => {
    const question = { of: 'account', start: signedUp, value: boardMade, cell: { outcome: 'all' } };
    expect(await ask<PeopleAnswer>('time-to-value/people', question)).toMatchObject({ of: 'account', total: 2, next: null });
  });
});

describe('the people behind a number', () => {
  const question = { series: [{ pick: any, measure: 'people' }], unit: 'day', cell: { series: 0, period: null } };

  it('come page by page', async () => {
    const first = await ask<PeopleAnswer>('trend/people', { ...question, limit: 3 });
    expect([first.people.length, first.total]).toEqual([3, 4]);
    const second = await ask<PeopleAnswer>('trend/people', { ...question, limit: 3, after: first.next });
    expect(second).toMatchObject({ next: null });
    expect([...names(first), ...names(second)].sort()).toEqual(['ada', 'bob', 'dan', 'eve']);
  });

  it('come after a number, or after an account where accounts are counted', async () => {
    const refused = async (path: string, body: object) =>
      (await server.owner.post<{ code: string }>(`${base}/${path}/people`, { ...range, ...body })).body.code;
    for (const after of ['eve', '1', 1.5, -1]) expect(await refused('trend', { ...question, after })).toBe('invalid_body');
    const value = { start: signedUp, value: boardMade, cell: { outcome: 'all' } };
    expect(await refused('time-to-value', { ...value, of: 'person', after: 'acme' })).toBe('invalid_body');
    expect(await refused('time-to-value', { ...value, of: 'account', after: 1 })).toBe('invalid_body');
    const { people: accounts } = await ask<PeopleAnswer>('time-to-value/people', { ...value, of: 'account', after: 'acme' });
    expect(accounts.map(({ id }) => id)).toEqual(['other']);
  });

  it('can be had as a file', async () => {
    const { status, headers, text } = await server.owner.post(`${base}/trend/people/export`, { ...range, ...question });
    expect([status, headers.get('content-disposition')]).toEqual([200, 'attachment; filename="trend-people.csv"']);
    expect(
      text
        .replace('\ufeff', '')
        .trim()
        .split('\r\n')
        .map((line) => line.split(',')[1])
        .sort(),
    ).toEqual(['ada', 'bob', 'dan', 'eve', 'name']);
  });
});

describe('what a report cannot be asked', () => {
  it('an unknown zone, a range that ends before it begins, one that is too long', async () => {
    const post = async (part: object) =>
      (await server.owner.post<{ code: string }>(`${base}/lifecycle`, { ...range, active: any, unit: 'day', ...part })).body.code;
    expect(await post({ zone: 'Mars/Olympus' })).toBe('invalid_body');
    expect(await post({ from: range.to, to: range.from })).toBe('invalid_range');
    expect(await post({ from: 0 })).toBe('range_too_long');
    const activation = await server.owner.get<{ code: string }>(`${base}/activation?from=${range.to}&to=${range.from}`);
    expect(activation.body.code).toBe('invalid_range');
  });

  it('is ended in the store when the reader goes away', async () => {
    const run = vi.spyOn(server.services.warehouse, 'run');
    const gone = new AbortController();
    const steps = [signedUp, boardMade];
    const left = new Promise<void>((resolve) => {
      run.mockImplementationOnce((_query, _params, options) => {
        options?.asker?.addEventListener('abort', resolve);
        gone.abort();
        return new Promise(() => undefined);
      });
    });
    const request = fetch(`${server.origin}${base}/funnel`, {
      method: 'POST',
      signal: gone.signal,
      headers: { 'content-type': 'application/json', cookie: server.owner.cookie ?? '' },
      body: JSON.stringify({ ...range, steps, within: day }),
    });
    await expect(request).rejects.toThrow('aborted');
    await left;
    run.mockRestore();
  });
});

it('what pickers and lists of reports need', async () => {
  const { properties } = (await server.owner.get<{ properties: { name: string }[] }>(`${base}/properties?event=Signed%20Up`)).body;
  expect(properties).toEqual([{ name: 'plan', values: ['pro', 'free'] }]);
  expect((await server.owner.get(`${base}/queue`)).body).toEqual({ running: 0, waiting: 0 });
  const body = { kind: 'lifecycle', name: 'Boards', active: boardMade, unit: 'week' };
  const path = `/api/e/${server.environment.id}/definitions/reports`;
  expect((await server.owner.send('PUT', `${path}/boards`, { body: { body, revision: 0 } })).status).toBe(200);
  const old = { name: 'Old', steps: [signedUp, boardMade], within: day };
  expect((await server.owner.send('PUT', `${path}/old`, { body: { body: old, revision: 0 } })).status).toBe(200);
  expect((await server.owner.get(`${base}/kinds`)).body).toEqual({ kinds: { boards: 'lifecycle', old: 'funnel' } });
  const save = async (part: object) =>
    (await server.owner.send('PUT', `${path}/dated`, { body: { body: { ...body, ...part }, revision: 0 } })).status;
  expect(await save({ dates: { from: '2026-01-06', to: '2026-01-05' } })).toBe(400);
  expect(await save({ dates: { from: '2022-01-06', to: '2026-01-05' } })).toBe(400);
  expect(await save({ days: 7, dates: { from: '2026-01-05', to: '2026-01-06' } })).toBe(400);
  expect(await save({ dates: { from: '2026-01-05', to: '2026-01-06' } })).toBe(200);
  const odd = { ...old, exclusions: [{ event: any, after: 2, before: 2 }] };
  expect((await server.owner.send('PUT', `${path}/odd`, { body: { body: odd, revision: 0 } })).body).toMatchObject({
    code: 'invalid_body',
  });
});
