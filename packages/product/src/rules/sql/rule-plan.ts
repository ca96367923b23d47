import { canonical, type Json } from '../../kernel/json.ts';
import type { Occurrence } from '../rule.ts';
import { answerNumbers } from './answer-sql.ts';
import { compareSql } from './compare-sql.ts';
import { JsonValues } from './json-values.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** What an engine can know of subjects besides what the caller gives; unknown otherwise, as in `Facts`. */
export interface Known {
  readonly events: boolean;
  readonly milestones: boolean;
}

/** Collects, while conditions are compiled, what must be read so that they can be answered: each thing once. */
export class RulePlan {
  readonly dialect: SqlDialect;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly known: Known;
  /** Read from what was given of the subject, and of each of its accounts. */
  readonly subject: JsonValues;
  readonly account: JsonValues;
  readonly #properties: JsonValues;
  readonly #occurrences = new Map<string, { readonly column: string; readonly expression: string }>();
  readonly #days = new Map<string, string>();
  readonly #counts = new Map<string, string>();
  readonly #roles = new Map<string, string>();
  readonly #eventNames = new Set<string>();
  readonly #milestones = new Set<string>();

  constructor(dialect: SqlDialect, input: { now: number; known: Known }) {
    this.dialect = dialect;
    this.now = input.now;
    this.known = input.known;
    this.subject = new JsonValues(dialect, 'facts');
    this.account = new JsonValues(dialect, dialect.account);
    this.#properties = new JsonValues(dialect, dialect.properties);
  }

  /** The column that is true for the events that are meant. */
  occurrence({ name, where = [] }: Occurrence): string {
    this.#eventNames.add(name);
    return this.#occurrence(canonical({ name, where } as unknown as Json), () => {
      const tests = where.map((each) => `(${compareSql(this.dialect, each, this.property(each.property))}) = ${answerNumbers.yes}`);
      return [`kind = 'event'`, `name = ${this.dialect.text(name)}`, ...tests].join(' and ');
    });
  }

  /** The column that is true where the milestone was reached. */
  milestone(id: string): string {
    this.#milestones.add(id);
    return this.#occurrence(`milestone ${id}`, () => `kind = 'milestone' and name = ${this.dialect.text(id)}`);
  }

  property(name: string) {
    return this.#properties.value([name]);
  }

  /** The column of an expression over `instant`, the time of an event: a local day, which is dear to compute. */
  day(expression: string): string {
    return named(this.#days, expression, 'day');
  }

  /** The column of an aggregate over a person's rows. */
  count(aggregate: string): string {
    return named(this.#counts, aggregate, 'count');
  }

  /** The column of an aggregate over a person's accounts. */
  role(aggregate: string): string {
    return named(this.#roles, aggregate, 'role');
  }

  #occurrence(key: string, expression: () => string): string {
    const known = this.#occurrences.get(key);
    if (known) return known.column;
    const column = `meant${this.#occurrences.size}`;
    this.#occurrences.set(key, { column, expression: expression() });
    return column;
  }

  /**
   * The statement that gives one row for each subject: `person` and `answer`.
   *
   * @param where a condition on the rows of the view, the tenant's; called when rows are read, for what is bound must be used
   */
  select(answer: string, where: () => string): string {
    const subjects = this.subject.over(this.dialect.given);
    const counted = this.#counts.size > 0 ? ` left join ${this.#counted(where)} as counted on counted.person = subjects.person` : '';
    const roles = this.#roles.size > 0 ? ` left join ${this.#accounts()} as roles on roles.person = subjects.person` : '';
    return `select subjects.person as person, ${answer} as answer from (select * from ${subjects}) as subjects${counted}${roles}`;
  }

  #counted(where: () => string): string {
    const { dialect } = this;
    const rows = `(select person, kind, name, ${dialect.properties}, ${dialect.divide('k', 4096)} as instant from rows where ${where()} and ${this.#wanted()}) as told`;
    const days = columns(this.#days);
    const meant = [...this.#occurrences.values()].map(({ column, expression }) => `${expression} as ${column}`);
    const read = `(select ${['person', 'instant', ...this.#properties.columns(), ...days, ...meant].join(', ')} from ${this.#properties.over(rows)}) as meant_rows`;
    return `(select person, ${columns(this.#counts).join(', ')} from ${read} group by person)`;
  }

  /** Only rows that are asked for: the engine skips the others unread. */
  #wanted(): string {
    const named = (kind: string, names: ReadonlySet<string>) =>
      names.size === 0 ? [] : [`(kind = '${kind}' and name in (${[...names].map((name) => this.dialect.text(name)).join(', ')}))`];
    return `(${[...named('event', this.#eventNames), ...named('milestone', this.#milestones)].join(' or ')})`;
  }

  #accounts(): string {
    return `(select person, ${columns(this.#roles).join(', ')} from ${this.account.over(this.dialect.accounts)} group by person)`;
  }
}

function named(known: Map<string, string>, expression: string, prefix: string): string {
  const column = known.get(expression) ?? `${prefix}${known.size}`;
  known.set(expression, column);
  return column;
}

function columns(known: ReadonlyMap<string, string>): string[] {
  return [...known].map(([expression, column]) => `${expression} as ${column}`);
}
