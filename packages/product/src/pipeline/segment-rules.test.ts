import { describe, expect, it } from 'vitest';
import { type Definition, defineSlice, type SliceDomain } from '../kernel/slice.ts';
import { inlineSegments } from '../rules/inline-segments.ts';
import { inlinedSize } from '../rules/inlined-size.ts';
import type { Rule } from '../rules/rule.ts';
import { buildRegistry } from './registry.ts';
import { checkSegments, usersOf } from './segment-rules.ts';

interface Body {
  readonly name?: string;
  readonly rule: Rule;
}

const domains: readonly SliceDomain[] = [
  defineSlice<Body, string>({ name: 'segments', savedRules: [{ slice: 'segments', rule: (body) => body.rule }] }),
  defineSlice<Body, string>({
    name: 'goals',
    matchers: [{ slice: 'goals', subject: () => 'person', rule: (body) => body.rule }],
  }),
];
const leaf: Rule = { type: 'trait', name: 'plan', operator: 'exists' };
const define = (slice: string, id: string, rule: Rule, name?: string): Definition => ({
  ...{ slice, id, version: 1 },
  body: { rule, ...(name === undefined ? {} : { name }) } as unknown as Definition['body'],
});
const mention = (id: string): Rule => ({ type: 'segment', id });
const twice = (id: string): Rule => ({ type: 'all', of: [mention(id), mention(id)] });
/** Each mentions the one below it twice: 2 ^ levels conditions at the top. */
const tower = (levels: number) => [
  define('segments', 's0', leaf),
  ...Array.from({ length: levels }, (_, level) => define('segments', `s${level + 1}`, twice(`s${level}`))),
];
const rulesOf = (definitions: readonly Definition[]) => {
  const rules = new Map(definitions.map(({ id, body }) => [id, (body as unknown as Body).rule]));
  return (id: string) => rules.get(id);
};
const nodes = (rule: Rule): number => ('of' in rule && Array.isArray(rule.of) ? rule.of.reduce((sum, part) => sum + nodes(part), 1) : 1);

describe('what segments come to when they are put in', () => {
  it.each([0, 1, 5, 10])('is counted as it is made, %i levels', (levels) => {
    const ruleOf = rulesOf(tower(levels));
    const made = inlineSegments(mention(`s${levels}`), ruleOf);
    expect(inlinedSize(mention(`s${levels}`), ruleOf)).toBe(nodes(made));
  });

  it('is counted at once when it could never be made', () => {
    expect(inlinedSize(mention('s200'), rulesOf(tower(200)))).toBeGreaterThan(2 ** 200);
  });

  it('is refused beyond a few thousand conditions, where it is published and where it is only asked', () => {
    const fits = tower(11);
    const [top] = tower(12).slice(-1);
    if (!top) throw new Error('the tower has a top');
    expect(() => checkSegments(fits, domains, fits.at(-1) as Definition)).not.toThrow();
    expect(() => checkSegments(fits, domains, top)).toThrow('this would ask for more than 5,000 conditions');
    expect(() => buildRegistry(fits, domains).inline(twice('s11'))).toThrow('more than 5,000 conditions');
  });

  it('is refused for whoever uses the segment, by name; what has nothing to do with it is not looked at', () => {
    const wide = define('goals', 'wide', { type: 'any', of: Array<Rule>(100).fill(mention('small')) }, 'Wide goal');
    const definitions = [define('segments', 'small', leaf), wide];
    const grown = (parts: number) => define('segments', 'small', { type: 'all', of: Array<Rule>(parts).fill(leaf) });
    expect(() => checkSegments(definitions, domains, grown(40))).not.toThrow();
    expect(() => checkSegments(definitions, domains, grown(60))).toThrow('“Wide goal” would ask for more');
    expect(() => checkSegments([...definitions, ...tower(30)], domains, define('segments', 'other', leaf))).not.toThrow();
  });
});

describe('who uses a segment', () => {
  it('is found through others, also when everything mentions everything twice', () => {
    const definitions = [...tower(60), define('goals', 'goal', mention('s60')), define('goals', 'apart', leaf)];
    expect(usersOf({ slice: 'segments', id: 's0' }, definitions, domains).map(({ id }) => id)).toEqual([
      ...tower(60)
        .slice(1)
        .map(({ id }) => id),
      'goal',
    ]);
  });

  it('a segment that would use itself through others is refused', () => {
    const definitions = [define('segments', 'one', mention('two')), define('segments', 'two', mention('three'))];
    expect(() => checkSegments(definitions, domains, define('segments', 'three', twice('one')))).toThrow('this segment uses itself');
  });
});
