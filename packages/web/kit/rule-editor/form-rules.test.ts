import {
  contentStates,
  countOperators,
  dateOperators,
  type PropertyCondition,
  queryOperators,
  type Rule,
  type TraitCondition,
  textOperators,
  traitOperators,
} from '@gangway/product/rules/rule.ts';
import { ruleSchema } from '@gangway/product/wire/rule.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Comparison, fieldOperators, withOperator } from './comparison.ts';
import { type CountCondition, type Measure, type Window, windowOf, withMeasure, withWindow } from './count-shape.ts';
import { durationUnits, joinDuration } from './duration-units.ts';
import { ruleComplaints } from './rule-complaints.ts';
import { conditionTypes, newCondition, writeGroup } from './rule-shape.ts';

const zone = 'Asia/Kathmandu';
const input = { zone, today: '2026-03-29' };
const name = fc.constantFrom('', ' ', 'plan', 'Board Created');
const begun: Comparison = { operator: 'equals', value: '' };
/** A walk through the operators of the form, with something typed in between. */
const comparison = (operators: readonly TraitCondition['operator'][]) =>
  fc.array(fc.tuple(fc.constantFrom(...operators), fc.constantFrom('', 'pro', '12', '(a')), { maxLength: 4 }).map((steps) =>
    steps.reduce((before, [operator, typed]) => {
      const next = withOperator(before, operator, input);
      return typeof next.value === 'string' && next.zone === undefined ? { ...next, value: typed } : next;
    }, begun),
  );
const property: fc.Arbitrary<PropertyCondition> = fc
  .record({ property: name, comparison: comparison(fieldOperators) })
  .map(({ property: of, comparison: { zone: _, ...rest } }) => ({ property: of, ...rest }) as PropertyCondition);
const where = fc.option(fc.array(property, { minLength: 1, maxLength: 2 }), { nil: undefined });
const occurrence = fc
  .record({ name, where })
  .map(({ name: of, where: conditions }) => ({ name: of, ...(conditions ? { where: conditions } : {}) }));
/** A length that was typed, in any unit. */
const span = fc
  .record({
    amount: fc.constantFrom(1, 366, 367, 400, 8784, 8785, 1_000_000),
    unit: fc.constantFrom(...durationUnits.map(({ unit }) => unit)),
  })
  .map(({ amount, unit }) => joinDuration(amount, unit));
const count = fc
  .record({
    occurrence,
    operator: fc.constantFrom(...countOperators),
    times: fc.constantFrom(0, 1, 63, 64, 399, 400, 1_000_000),
    sum: fc.constantFrom(0, -0.5, 9e12, -9e12, 1e13, -1e300),
    span,
    steps: fc.array(fc.oneof(fc.constantFrom<Measure>('times', 'days', 'sum'), fc.constantFrom<Window>('ever', 'rolling', 'days')), {
      maxLength: 5,
    }),
  })
  .map(({ occurrence: of, operator, times, sum, span: within, steps }) => {
    const chosen = steps.reduce<CountCondition>(
      (rule, step) => {
        if (step === 'times' || step === 'sum') return withMeasure(rule, step, zone);
        if (step === 'days') return rule.type === 'event' ? withMeasure(rule, step, zone) : withWindow(rule, step, zone);
        return step === 'rolling' && rule.type !== 'event' ? rule : withWindow(rule, step, zone);
      },
      { type: 'event', ...of, operator, times },
    );
    if (chosen.type === 'event_sum') return { ...chosen, value: sum };
    return chosen.type === 'event' && chosen.within !== undefined ? { ...chosen, within } : chosen;
  });
const trait: fc.Arbitrary<Rule> = fc
  .record({
    name,
    of: fc.constantFrom({}, { of: 'account' as const }, { of: 'membership' as const }),
    comparison: comparison(traitOperators),
  })
  .map(({ name: called, of, comparison: rest }) => ({ type: 'trait', name: called, ...of, ...rest }));
const fresh = fc.constantFrom(...conditionTypes).map((type) => newCondition(type, zone));
const others: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ occurrence, operator: fc.constantFrom(...dateOperators) }).map(
    ({ occurrence: of, operator }): Rule => ({
      type: 'event_time',
      which: 'last',
      ...of,
      operator,
      value: withOperator(begun, operator, input).value as string | number,
      zone,
    }),
  ),
  fc.record({ first: occurrence, then: occurrence, within: span }).map((rest): Rule => ({ type: 'sequence', ...rest, happened: true })),
  fc
    .record({ id: fc.constantFrom('', 'tour'), state: fc.constantFrom(...contentStates) })
    .map((rest): Rule => ({ type: 'content', ...rest })),
  fc.record({ type: fc.constantFrom('segment' as const, 'cohort' as const), id: fc.constantFrom('', 'big') }),
  fc.record({ name, operator: fc.constantFrom(...queryOperators) }).map(({ name: of, operator }): Rule => {
    const bare = operator === 'exists' || operator === 'missing';
    return { type: 'page_query', name: of, operator, ...(bare ? {} : { value: 'x' }) };
  }),
  fc
    .record({ operator: fc.constantFrom(...textOperators), value: fc.constantFrom('', 'app.example.com') })
    .map((rest): Rule => ({ type: 'page_host', ...rest })),
);
const rule = fc
  .record({
    parts: fc.array(fc.oneof(fresh, trait, count, others), { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom('all' as const, 'at_least' as const, 'none' as const),
    wanted: fc.nat(5),
  })
  .map(({ parts, mode, wanted }) => writeGroup(mode, parts, wanted));

it('whatever the form makes without a complaint, the server takes; and what the server would refuse, the form says first', () => {
  let taken = 0;
  fc.assert(
    fc.property(rule, (made) => {
      const complaints = ruleComplaints(made);
      const accepted = ruleSchema.safeParse(made);
      if (complaints.length === 0) {
        taken++;
        const unforeseen = accepted.error?.issues.filter(({ message }) => !message.includes('RE2 knows')) ?? [];
        expect(unforeseen).toEqual([]);
        for (const { path } of accepted.error?.issues ?? []) expect(path.at(-1), 'the member that has a field').toBe('value');
      }
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(100);
});

it('a rolling window is kept by times alone', () => {
  const week: CountCondition = { type: 'event', name: 'A', operator: 'at_least', times: 2, within: 7 * 86_400_000 };
  expect(windowOf(withMeasure(week, 'days', zone))).toBe('days');
  expect(withWindow(withWindow(week, 'days', zone), 'ever', zone)).toEqual({ type: 'event', name: 'A', operator: 'at_least', times: 2 });
});
