import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../kernel/manifest.ts';
import { defineSlice } from '../kernel/slice.ts';
import { evaluate } from '../rules/evaluate.ts';
import { never, type Rule } from '../rules/rule.ts';
import { buildBundle, decideManifest } from './decide.ts';
import { EventCounts } from './event-counts.ts';
import { explain } from './explain.ts';
import { buildRegistry } from './registry.ts';
import { emptyPersonDoc, type PersonDoc } from './subject-doc.ts';

const banners = defineSlice<{ readonly rule: Rule; readonly text: string }, { readonly closed: boolean }>({
  name: 'banners',
  surfaces: [
    {
      slice: 'banners',
      kind: 'banner',
      audience: (body) => body.rule,
      content: (body) => ({ text: body.text }),
      view: (state) => ({ closed: state?.closed ?? false }),
      blockedBy: (state) => (state?.closed ? 'This person has closed it.' : undefined),
      liveEvents: () => [],
    },
  ],
});
const registryOf = (rule: Rule) =>
  buildRegistry([{ slice: 'banners', id: 'b', version: 3, body: { rule, text: 'Hi' } as never }], [banners]);
const scope = { workspace: 'w', environment: 'e' };
const frame = { scope, person: 'key', bundle: 'hash', now: 1000 };
const manifestOf = (...[registry, doc, asked]: Parameters<typeof decideManifest>) =>
  JSON.parse(decideManifest(registry, doc, asked).text) as Manifest;
const entriesOf = (rule: Rule, doc?: PersonDoc) => manifestOf(registryOf(rule), doc, frame).entries;
const explainOf = (rule: Rule, doc?: PersonDoc) => explain(registryOf(rule), { scope, slice: 'banners', id: 'b', doc, now: frame.now });

const onPage: Rule = { type: 'page', path: '/a' };
const pro: Rule = { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' };
const docOf = (change: Partial<PersonDoc>): PersonDoc => ({ ...emptyPersonDoc, ...change });

describe('a manifest', () => {
  it('has what is shown, what the page decides, and not what is a plain no', () => {
    expect(entriesOf({ type: 'all', of: [] })).toEqual([{ id: 'b', version: 3, show: { type: 'all', of: [] }, state: { closed: false } }]);
    expect(entriesOf({ type: 'all', of: [pro, onPage] }, docOf({ traits: { plan: 'pro' } }))[0]?.show).toEqual(onPage);
    expect(entriesOf(pro, docOf({ traits: { plan: 'free' } }))).toEqual([]);
    expect(entriesOf(pro)).toEqual([]);
    expect(entriesOf({ type: 'all', of: [] }, docOf({ states: { 'banners/b': { closed: true } } }))).toMatchObject([
      { id: 'b', show: never },
    ]);
  });

  it('keeps a no that time will change, so that the page asks again', () => {
    const quiet: Rule = { type: 'event', name: 'A', operator: 'at_most', times: 0, within: 100 };
    const doc = docOf({ events: EventCounts.of({ A: { count: 1, first: 950, last: 950, recent: [950] } }) });
    expect(entriesOf(quiet, doc)).toMatchObject([{ show: { type: 'any', of: [] }, until: 1050 }]);
  });

  it('of a person nobody has seen is that of empty facts', () => {
    expect(entriesOf({ type: 'not', rule: pro })).toHaveLength(1);
  });
});

describe('a holdout', () => {
  const held = (holdout: number) => ({
    ...defineSlice<{ readonly rule: Rule }, unknown>({
      name: 'banners',
      surfaces: [{ ...surfaceOf, holdout: () => holdout } as never],
    }),
  });
  const surfaceOf = banners.surfaces?.[0];
  const registry = (holdout: number, id = 'b', rule: Rule = { type: 'all', of: [] }) =>
    buildRegistry([{ slice: 'banners', id, version: 3, body: { rule, text: 'Hi' } as never }], [held(holdout)]);
  const people = Array.from({ length: 4_000 }, (_, index) => `p_${index}`);
  const shownTo = (holdout: number, id = 'b') => {
    const live = registry(holdout, id);
    return (subject: string) => manifestOf(live, emptyPersonDoc, { ...frame, subject }).entries.length === 1;
  };

  it('keeps a content back from its share of people, the same ones each time, others for another content', () => {
    const without = (id: string) => {
      const shown = shownTo(20, id);
      return new Set(people.filter((person) => !shown(person)));
    };
    const [one, other] = [without('b'), without('c')];
    expect(one.size / people.length).toBeCloseTo(0.2, 1);
    expect(without('b')).toEqual(one);
    const both = [...one].filter((person) => other.has(person)).length;
    expect(both / people.length).toBeCloseTo(0.04, 1);
    // Who is kept from it at ten per cent is kept from it at twenty.
    const shownAtTen = shownTo(10);
    expect(people.filter((person) => !shownAtTen(person)).every((person) => one.has(person))).toBe(true);
  });

  it('gives whom it is kept back from nothing to start: not while time may bring them in, not when they closed it before', () => {
    const quiet: Rule = { type: 'event', name: 'A', operator: 'at_most', times: 0, within: 100 };
    const later = docOf({ events: EventCounts.of({ A: { count: 1, first: 950, last: 950, recent: [950] } }) });
    const closed = docOf({ states: { 'banners/b': { closed: true } } });
    const verdicts: string[] = [];
    const decide = (holdout: number, rule: Rule, doc: PersonDoc) => {
      const decided = decideManifest(registry(holdout, 'b', rule), doc, { ...frame, subject: 'p_1' });
      verdicts.push(...decided.verdicts);
      return (JSON.parse(decided.text) as Manifest).entries;
    };
    expect(decide(0, quiet, later)).toHaveLength(1);
    expect(decide(0, { type: 'all', of: [] }, closed)).toHaveLength(1);
    expect(decide(100, quiet, later)).toEqual([]);
    expect(decide(100, { type: 'all', of: [] }, closed)).toEqual([]);
    // Withheld is said of those alone who would see it now: only they are compared.
    expect(verdicts).toEqual(['not_in_audience', 'blocked', 'not_in_audience', 'blocked']);
  });

  it('shows nothing to somebody who is not known yet, and is told with the decision', () => {
    const told = (holdout: number, subject?: string) => {
      const { text, verdicts } = decideManifest(registry(holdout), undefined, { ...frame, ...(subject === undefined ? {} : { subject }) });
      return { entries: (JSON.parse(text) as Manifest).entries, verdicts };
    };
    expect(told(20)).toEqual({ entries: [], verdicts: ['withheld'] });
    expect(told(0)).toMatchObject({ entries: [{ id: 'b' }], verdicts: ['shown'] });
    expect(told(100, 'p_1')).toEqual({ entries: [], verdicts: ['withheld'] });
    const found = explain(registry(100), {
      scope,
      slice: 'banners',
      id: 'b',
      doc: emptyPersonDoc,
      person: 'p_1',
      now: 0,
    });
    expect(found.verdict).toBe('withheld');
  });
});

describe('the bundle', () => {
  it('carries the content and nothing of the audience', () => {
    const bundle = buildBundle(registryOf(pro), 'e', { accent: '#000000', onAccent: '#ffffff', radius: 1 });
    expect(bundle.contents).toEqual([{ id: 'b', kind: 'banner', version: 3, body: { text: 'Hi' } }]);
  });
});

describe('an explanation', () => {
  it('says the same as the manifest, whatever the rule and the person', () => {
    const rule = fc.constantFrom<Rule>(
      { type: 'all', of: [] },
      { type: 'any', of: [] },
      pro,
      onPage,
      { type: 'not', rule: pro },
      { type: 'all', of: [pro, onPage] },
      { type: 'any', of: [pro, onPage] },
      { type: 'trait', name: 'plan', operator: 'greater_than', value: 3 },
    );
    const plan = fc.constantFrom<PersonDoc['traits']>({}, { plan: 'pro' }, { plan: 'free' }, { plan: 5 });
    fc.assert(
      fc.property(rule, plan, fc.boolean(), (each, traits, closed) => {
        const doc = docOf({ traits, states: closed ? { 'banners/b': { closed } } : {} });
        const { verdict } = explainOf(each, doc);
        const [entry] = entriesOf(each, doc);
        const answerOn = (path: string) => (entry ? evaluate(entry.show, { page: { path } }, frame.now).answer : 'no');
        const expected = {
          blocked: closed,
          would_show: answerOn('/a') === 'yes' && answerOn('/b') === 'yes',
          depends_on_page: answerOn('/a') !== answerOn('/b'),
          not_in_audience: !closed && entry === undefined,
          unknown: answerOn('/a') === 'unknown' && answerOn('/b') === 'unknown',
          not_published: false,
          withheld: false,
        };
        expect([verdict, expected[verdict]]).toEqual([verdict, true]);
      }),
    );
  });

  it('of what nobody has published says so', () => {
    const found = explain(registryOf(pro), { scope, slice: 'banners', id: 'other', doc: undefined, now: 0 });
    expect(found).toMatchObject({ verdict: 'not_published', version: null });
  });

  it('names version, headline and the instant of change', () => {
    const fresh: Rule = { type: 'event', name: 'A', operator: 'at_least', times: 1, within: 100 };
    const doc = docOf({ events: EventCounts.of({ A: { count: 1, first: 950, last: 950, recent: [950] } }) });
    expect(explainOf(fresh, doc)).toMatchObject({ verdict: 'would_show', until: 1050, version: 3 });
    expect(explainOf({ type: 'all', of: [] }, docOf({ states: { 'banners/b': { closed: true } } })).headline).toBe(
      'Not shown: this person has closed it.',
    );
  });
});
