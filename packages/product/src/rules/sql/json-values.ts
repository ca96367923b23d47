import { dateStage } from './date-stage.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** The columns of one value. Kinds: 0 missing, 1 text, 2 number, 3 yes or no, 4 a list or an object. */
export interface ValueColumns {
  readonly json: string;
  readonly kind: string;
  readonly text: string;
  readonly number: string;
}

/** The columns of a text read as a date, see `parseDate`: null in `valid` never, in the others where they say nothing. */
export interface DateColumns {
  readonly valid: string;
  readonly isDay: string;
  readonly day: string;
  readonly instant: string;
}

/** The values that are read from one JSON column, each member once. */
export class JsonValues {
  readonly #dialect: SqlDialect;
  readonly #column: string;
  readonly #members = new Map<string, { readonly path: readonly string[]; readonly name: string }>();
  readonly #dates = new Set<string>();

  constructor(dialect: SqlDialect, column: string) {
    this.#dialect = dialect;
    this.#column = column;
  }

  value(path: readonly string[]): ValueColumns {
    const key = JSON.stringify(path);
    const name = this.#members.get(key)?.name ?? `v${this.#members.size}`;
    this.#members.set(key, { path, name });
    return { json: name, kind: `${name}_kind`, text: `${name}_text`, number: `${name}_number` };
  }

  date(path: readonly string[]): DateColumns {
    const { json } = this.value(path);
    this.#dates.add(json);
    return { valid: `${json}_valid`, isDay: `${json}_is_day`, day: `${json}_day`, instant: `${json}_instant` };
  }

  /** Names of the columns of every value. */
  columns(): string[] {
    return [...this.#members.values()].flatMap(({ name }) => [name, `${name}_kind`, `${name}_text`, `${name}_number`]);
  }

  /** The relation with the columns of every value that was asked for. */
  over(relation: string): string {
    const members = [...this.#members.values()];
    if (members.length === 0) return relation;
    const raw = members.map(({ path, name }) => `${this.#dialect.member(this.#column, path)} as ${name}`);
    const typed = members.map(({ name }) => this.#typed(name));
    const read = `(select *, ${typed.join(', ')} from (select *, ${raw.join(', ')} from ${relation}) as raw_values) as typed_values`;
    return [...this.#dates].reduce((inner, name) => dateStage(this.#dialect, inner, name), read);
  }

  /** The first character of a JSON text tells what it is. */
  #typed(name: string): string {
    const starts = (...characters: string[]) => characters.map((each) => this.#dialect.startsWith(name, `'${each}'`)).join(' or ');
    const kind = `case when ${name} = '' or ${name} = 'null' then 0 when ${starts('"')} then 1 when ${starts('{', '[')} then 4 when ${starts('t', 'f')} then 3 else 2 end`;
    return [
      `${kind} as ${name}_kind`,
      `case when ${starts('"')} then ${this.#dialect.textOf(name)} else '' end as ${name}_text`,
      `case when ${kind} = 2 then ${this.#dialect.numberOf(name)} else 0 end as ${name}_number`,
    ].join(', ');
  }
}
