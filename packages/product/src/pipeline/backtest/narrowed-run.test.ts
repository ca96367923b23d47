import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checklistsDomain } from '../../features/checklists/index.ts';
import { cohortsDomain } from '../../features/cohorts/index.ts';
import { guidesDomain } from '../../features/guides/index.ts';
import { milestonesDomain } from '../../features/milestones/index.ts';
import { segmentsDomain } from '../../features/segments/index.ts';
import type { Entry, EntryBody } from '../../kernel/entry.ts';
import type { AcceptedEvent } from '../../kernel/event.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Definition } from '../../kernel/slice.ts';
import { createMemoryEventLog } from '../../ports/event-log/memory-event-log.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Trial } from './candidate.ts';
import { runBacktest } from './run-backtest.ts';

// A run leaves out definitions on which the draft does not depend and entries that can change nothing. Here it is held
// against the run that leaves out nothing, over histories with merges, late events, repeats and definitions that change.

const scope = { workspace: 'w', environment: 'e' };
const start = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const domains = [milestonesDomain, guidesDomain, checklistsDomain, segmentsDomain, cohortsDomain];

const all = (...of: Rule[]): Rule => ({ type: 'all', of });
const any = (...of: Rule[]): Rule => ({ type: 'any', of });
const reached = (id: string): Rule => ({ type: 'milestone', id });
const did = (name: string, times = 1, within?: number): Rule => ({
  ...{ type: 'event', name, operator: 'at_least', times },
  ...(within === undefined ? {} : { within }),
});
const quiet = (name: string, within: number): Rule => ({ type: 'event', name, operator: 'at_most', times: 0, within });
const plan: Rule = { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' };
const aDayIn: Rule = { type: 'trait', name: 'joined', operator: 'days_ago_at_least', value: 1, zone: 'UTC' };
const big: Rule = {
  ...{ type: 'event', name: 'B', operator: 'at_least', times: 2 },
  where: [{ property: 'size', operator: 'greater_than', value: 1 }],
};
const accountPlan: Rule = { ...plan, of: 'account' };
const milestone = (rule: Rule, subject = 'person') => ({ name: 'M', description: '', subject, rule, role: 'progress' });
const tour = (audience: Rule) => ({ name: 'T', audience, start: 'auto', steps: [] });

const published: readonly Definition[] = (
  [
    ['milestones', 'a', 1, milestone(did('A'))],
    ['milestones', 'a', 2, milestone(did('B', 3))],
    ['milestones', 'often', 1, milestone(all(reached('a'), did('B', 2, 2 * hour)))],
    ['milestones', 'calm', 1, milestone(all(did('C'), quiet('C', 3 * hour)))],
    ['milestones', 'aside', 1, milestone(all(did('D'), quiet('A', 2 * hour)))],
    ['milestones', 'team', 1, milestone(all(reached('often'), plan), 'account')],
    ['segments', 's', 1, { name: 'S', description: '', rule: any(did('D', 2), reached('calm')) }],
    ['segments', 's', 2, { name: 'S', description: '', rule: any(reached('often'), { type: 'page', path: '/x' }) }],
    ['checklists', 'list', 1, { ...tour(plan), title: '', intro: '', items: [{ id: 'i', title: '', description: '', milestone: 'calm' }] }],
    ['guides', 'other', 1, tour(did('A'))],
    ['cohorts', 'invited', 1, { name: 'C', description: '' }],
  ] as const
).map(([slice, id, version, body]) => ({ slice, id, version, body: body as unknown as Json }));

const audiences: readonly Rule[] = [
  all(reached('a'), quiet('B', 2 * hour), { type: 'page', path: '/x/**' }),
  { type: 'segment', id: 's' },
  all(accountPlan, did('A', 2)),
  all(big, any(aDayIn, accountPlan)),
  any({ type: 'content', id: 'list', state: 'completed' }, { type: 'content', id: 'other', state: 'seen' }),
  all({ type: 'cohort', id: 'invited' }, quiet('C', hour)),
  plan,
  any(reached('calm'), all(did('A'), { type: 'page', path: '/y' })),
  any(did('E', 2), { type: 'page', path: '/x/1' }),
];
const trials: readonly Trial[] = [
  ...audiences.map((audience, index): Trial => {
    const other = audiences[(index + 1) % audiences.length] ?? plan;
    return { slice: 'guides', id: 'g', draft: tour(audience) as unknown as Json, published: tour(other) as unknown as Json };
  }),
  { slice: 'milestones', id: 'often', draft: milestone(all(reached('a'), did('B', 3))) as unknown as Json },
  { slice: 'milestones', id: 'm', draft: milestone(all(reached('calm'), any(did('A', 2), accountPlan))) as unknown as Json },
  {
    slice: 'milestones',
    id: 'm',
    draft: milestone(any(reached('often'), all(reached('calm'), plan), all(reached('a'), aDayIn)), 'account') as unknown as Json,
  },
];

const ids = fc.record(
  { userId: fc.constantFrom('u1', 'u2', 'u3'), anonymousId: fc.constantFrom('a1', 'a2', 'a3'), groupId: fc.constantFrom('g1', 'g2') },
  { requiredKeys: [] },
);
const plans = fc.constantFrom<JsonObject[]>({ plan: 'pro' }, { plan: 'free' }, { plan: null }, { name: 'N' }, { joined: '2026-01-03' });
const page = fc.constantFrom('/x', '/x/1', '/y').map((path) => ({ page: { path } }));
const call = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        ...{ type: fc.constant('track' as const), event: fc.constantFrom('A', 'B', 'C', 'D', 'E'), context: page },
        properties: fc.nat(3).map((size) => ({ size })),
      },
      { requiredKeys: ['type', 'event'] },
    ),
  },
  { weight: 2, arbitrary: page.map(({ page: { path } }) => ({ type: 'page' as const, event: 'P', properties: { path } })) },
  { weight: 2, arbitrary: plans.map((traits) => ({ type: 'identify' as const, traits })) },
  { weight: 2, arbitrary: plans.map((traits) => ({ type: 'group' as const, groupId: 'g1', traits })) },
  { weight: 1, arbitrary: fc.constant({ type: 'alias' as const, userId: 'u1', previousId: 'a2' }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('other', 'g')
      .map((guideId) => ({ type: 'track' as const, event: 'Guide Completed', properties: { guideId } })),
  },
);
const event = fc.record({ ids, call, late: fc.constantFrom(0, 0, 0, 0, 10 * minute, 30 * hour, 50 * hour) });
const defined = fc.record({ version: fc.constantFrom(...published), killed: fc.nat(3).map((one) => one === 0), backfill: fc.boolean() });
const step = fc.record({
  pause: fc.constantFrom(0, minute, 20 * minute, hour, 2 * hour, 5 * hour),
  what: fc.oneof(
    { weight: 12, arbitrary: event },
    { weight: 1, arbitrary: defined },
    { weight: 1, arbitrary: fc.constantFrom('repeat' as const, 'invite' as const, 'merge' as const) },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function bodyOf({ what }: Step, at: number, id: string): EntryBody {
  if (what === 'invite') {
    const payload = { cohort: 'invited' };
    return { what: 'command', slice: 'cohorts', name: 'added', subject: { kind: 'person', id: 'p_1' }, actor: 'b', payload };
  }
  if (what === 'merge' || what === 'repeat') return { what: 'merge', from: 'p_2', into: 'p_1', links: [], actor: 'b' };
  if ('version' in what) {
    const { slice, id, version } = what.version;
    return { what: 'definition', slice, id, version, state: what.killed ? 'killed' : 'published', backfill: what.backfill };
  }
  const nobody = what.ids.userId === undefined && what.ids.anonymousId === undefined && what.call.type !== 'group';
  const accepted: AcceptedEvent = {
    ...{ messageId: id, ...what.ids, ...(nobody ? { anonymousId: 'a1' } : {}), ...what.call },
    ...{ time: at - what.late, receivedAt: at, level: 'claimed' },
  };
  return { what: 'event', event: accepted };
}

async function record(steps: readonly Step[]) {
  const clock = { time: start + 60 * hour, now: () => clock.time };
  const log = createMemoryEventLog({ clock });
  let last: Entry | undefined;
  for (const [index, each] of steps.entries()) {
    clock.time += each.pause;
    const id = `e${index}`;
    const entry: Entry =
      each.what === 'repeat' && last ? last : { id, scope, origin: 'source', depth: 0, body: bodyOf(each, clock.time, id) };
    if (entry.body.what === 'event') last = entry;
    await log.append([entry]);
  }
  return { log, until: clock.time + 6 * hour };
}

async function runBoth(steps: readonly Step[], trial: Trial) {
  const { log, until } = await record(steps);
  const input = { scope, trial, versions: published, from: start, until, zone: 'UTC' };
  const deps = { log, domains, progress: () => undefined };
  const narrowed = await runBacktest(input, deps);
  return { narrowed, thorough: await runBacktest(input, deps, { thorough: true }) };
}

it('finds what the run finds that leaves out nothing', async () => {
  const found = { subjects: 0, pages: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), fc.constantFrom(...trials), async (steps, trial) => {
      const { narrowed, thorough } = await runBoth(steps, trial);
      expect(narrowed).toEqual(thorough);
      found.subjects += narrowed.listed.length;
      if (narrowed.pagesMissing) found.pages++;
    }),
    { numRuns: 120 },
  );
  expect(found.subjects).toBeGreaterThan(30);
  expect(found.pages).toBeGreaterThan(2);
}, 60_000);

const first = trials[0] as Trial;
const onX = { context: { page: { path: '/x' } } } as const;
const track = (anonymousId: 'a1' | 'a3', event: 'A' | 'B' | 'C' | 'E', told: Partial<typeof onX> = {}, pause = 0): Step => ({
  pause,
  what: { ids: { anonymousId }, call: { type: 'track', event, ...told }, late: 0 },
});

it('finds whom a segment lets in that was published in the middle, when all they do later is left out', async () => {
  const version = published.find(({ slice, id, version }) => slice === 'segments' && id === 's' && version === 2) as Definition;
  const steps: Step[] = [track('a1', 'A'), { pause: hour, what: { version, killed: false, backfill: false } }];
  const later: Step[] = [track('a3', 'C', onX, hour), track('a1', 'A')];
  for (const history of [steps, [...steps, ...later]]) {
    const { narrowed, thorough } = await runBoth(history, first);
    expect(narrowed).toEqual(thorough);
    expect(narrowed.listed[0]).toMatchObject({ id: 'a1', change: 'same', published: { at: start + 61 * hour, sure: false } });
  }
});

it('does not take a page for sure that was sent again when it could bring somebody in', async () => {
  const steps: Step[] = [track('a1', 'A'), track('a1', 'B'), track('a1', 'E', onX, minute)];
  const { narrowed, thorough } = await runBoth([...steps, { pause: 5 * hour, what: 'repeat' }], first);
  expect(narrowed).toEqual(thorough);
  expect(narrowed.draft.subjects).toEqual({ low: 0, high: 1 });
});
