import { ruleAnswers, toldFacts } from '@gangway/product/features/segments/server/queries/rule-answers.ts';
import { type RuleWorld, ruleWorlds } from '@gangway/product/features/segments/server/queries/rule-worlds.contract.ts';
import type { WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import type { Answer } from '@gangway/product/rules/answer.ts';
import { answerPage } from '@gangway/product/rules/answer-page.ts';
import { evaluate } from '@gangway/product/rules/evaluate.ts';
import { reduceForPage } from '@gangway/product/rules/reduce.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { walk } from '@gangway/product/rules/walk.ts';
import { asyncProperty, check, sample, stringify } from 'fast-check';
import { type Engine, openEngines } from './engines.ts';

interface Result {
  readonly engines: readonly string[];
  /** Subjects asked about; each engine was asked as often as `asks` says. */
  readonly asked: number;
  readonly asks: Readonly<Record<string, number>>;
  /** Of each answer, so many: rules that never hold prove nothing. */
  readonly answers: Readonly<Record<Answer, number>>;
  readonly failed: number;
}

/**
 * Generated rules, histories and instants: the evaluator, the page with what the server leaves over, and every
 * engine's SQL must give one answer. A round that fails is shrunk and printed.
 */
export async function compareRules(seed: number, rounds: number, { clickhouseEvery = 1 } = {}): Promise<Result> {
  const { engines, close } = await openEngines(clickhouseEvery);
  const asks: Record<string, number> = {};
  const answers: Record<Answer, number> = { yes: 0, no: 0, unknown: 0 };
  const total = { asked: 0, failed: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      const here = engines.filter(({ every }) => round % every === 0);
      const [world] = sample(ruleWorlds, { seed: seed + round, numRuns: 1 });
      if (!world) continue;
      const expected = world.rules.flatMap((rule) => [...expectedAnswers(world, rule).values()]);
      for (const answer of expected) answers[answer]++;
      total.asked += expected.length;
      for (const name of ['page', ...here.map((engine) => engine.name)]) asks[name] = (asks[name] ?? 0) + expected.length;
      if ((await complaints(world, here)).length > 0) {
        total.failed++;
        console.log(`seed ${seed + round}: ${await shrunk(seed + round, here)}`);
      }
      if ((round + 1) % 500 === 0) console.log(`${round + 1} of ${rounds}`);
    }
  } finally {
    await close();
  }
  return { engines: ['evaluator', 'page', ...engines.map(({ name }) => name)], ...total, asks, answers };
}

/** What `evaluate` answers, over facts that were folded from the rows. */
function expectedAnswers(world: RuleWorld, rule: Rule): ReadonlyMap<number, Answer> {
  return new Map(world.subjects.map((subject) => [subject.person, evaluate(rule, factsOf(subject, world, rule), world.now).answer]));
}

function factsOf({ person, facts }: RuleWorld['subjects'][number], world: RuleWorld, rule: Rule) {
  const { rows, merges, upTo = Number.POSITIVE_INFINITY, known } = world;
  const mine = rows.filter((row) => becomes(row.person, merges) === person && row.k < (upTo + 1) * 4096) as WarehouseRow[];
  return { ...facts, ...toldFacts(mine, rule, known) };
}

/** Who somebody is after all merges, one after the other. */
function becomes(person: number, merges: RuleWorld['merges']): number {
  const now = new Map<number, number>();
  const of = (number: number): number => {
    const next = now.get(number);
    return next === undefined ? number : of(next);
  };
  for (const { from, to } of merges) if (of(from) !== of(to)) now.set(of(from), of(to));
  return of(person);
}

async function complaints(world: RuleWorld, engines: readonly Engine[]): Promise<string[]> {
  const asked = await Promise.all(
    engines.map(async ({ name, warehouse }) => ({ name, answers: await ask(warehouse, world).catch((error: unknown) => String(error)) })),
  );
  const found = [...asked, { name: 'page', answers: world.rules.map((rule) => pageAnswers(world, rule)) }];
  return found.flatMap(({ name, answers }) =>
    typeof answers === 'string'
      ? [`${name}: ${answers}`]
      : world.rules.flatMap((rule, index) => differences(expectedAnswers(world, rule), answers[index]).map((each) => `${name}: ${each}`)),
  );
}

function differences(expected: ReadonlyMap<number, Answer>, answers: ReadonlyMap<number, Answer> | undefined): string[] {
  return [...expected]
    .filter(([person, answer]) => answers?.get(person) !== answer)
    .map(([person, answer]) => `person ${person} is ${answers?.get(person)}, should be ${answer}`);
}

/** The server's part of a rule decided by what it knows, the rest as a page answers it. */
function pageAnswers(world: RuleWorld, rule: Rule): ReadonlyMap<number, Answer> {
  return new Map(
    world.subjects.map((subject) => {
      const left = reduceForPage(rule, factsOf(subject, world, rule), world.now).rule;
      return [subject.person, walk(left, (condition) => answerPage(condition, undefined)).answer];
    }),
  );
}

async function ask(warehouse: Engine['warehouse'], world: RuleWorld): Promise<ReadonlyMap<number, Answer>[]> {
  const { rules, rows, merges, ...asked } = world;
  const scope = `w_${crypto.randomUUID()}/production`;
  const told = { rows: rows.map((row) => ({ ...row, scope })), merges: merges.map((merge) => ({ ...merge, scope })) };
  await warehouse.write({ partition: 0, position: (await warehouse.position(0)) + 1, ...told });
  return Promise.all(rules.map((rule) => warehouse.run(ruleAnswers, { ...asked, scope, rule })));
}

/** The smallest world that still fails, and how. */
async function shrunk(seed: number, engines: readonly Engine[]): Promise<string> {
  const holds = asyncProperty(ruleWorlds, async (world) => (await complaints(world, engines)).length === 0);
  const { counterexample } = await check(holds, { seed, numRuns: 1 });
  const [world] = counterexample ?? [];
  return world ? `${(await complaints(world, engines)).join('; ')}\n  ${stringify(world)}` : 'it did not fail once more';
}
