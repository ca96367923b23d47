import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { reduce } from './reduce.ts';
import type { Rule } from './rule.ts';

interface Case {
  readonly name: string;
  readonly rule: Rule;
  readonly facts: Facts;
  readonly now: number;
  readonly answer: Answer;
  readonly until?: number;
}

const folder = resolve(import.meta.dirname, '../../../../spec/rules');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(files)('%s', (file) => {
  const cases = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case[];

  it.each(cases.map((each) => [each.name, each] as const))('%s', (_name, { rule, facts, now, answer, until }) => {
    const found = evaluate(rule, facts, now);
    expect({ answer: found.answer, until: found.until }).toEqual({ answer, until });
    expect(found.why).toMatchObject({ rule, answer });

    // What the server leaves over says the same in the page.
    const { page, ...known } = facts;
    const left = reduce(rule, known, now);
    expect(evaluate(left.rule, page ? { page } : {}, now).answer).toBe(answer);
  });

  it('names every case once', () => {
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
