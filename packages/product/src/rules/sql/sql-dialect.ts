/** What the engines say differently, so that a condition is written once. Values are bound as they are mentioned, so one dialect serves one statement. */
export interface SqlDialect {
  readonly engine: 'duckdb' | 'clickhouse';
  /** What was bound, in the order of the parameters' numbers. */
  readonly values: (string | number)[];
  text(value: string): string;
  number(value: number): string;
  whole(value: number): string;
  /** The column of the view `rows` that holds the properties of an event. */
  readonly properties: string;
  /** The relation of subjects that the caller has given: `person` and `facts`, a JSON text. */
  readonly given: string;
  /** JSON text of the member at a path; empty where there is none. */
  member(json: string, path: readonly string[]): string;
  /** A relation of the accounts of those who were given: `person`, and what `account` reads. */
  readonly accounts: string;
  /** The JSON text of an account, for `member`. */
  readonly account: string;
  /** The text that the JSON text of a text stands for. */
  textOf(json: string): string;
  /** The number that the JSON text of a number stands for. */
  numberOf(json: string): string;
  /** The whole number that some digits stand for; 0 or null for anything else. */
  digits(text: string): string;
  /** Division without remainder; `a` is not negative. */
  divide(a: string, b: number): string;
  floor(number: string): string;
  startsWith(text: string, start: string): string;
  endsWith(text: string, end: string): string;
  contains(text: string, part: string): string;
  /** Whether a bound pattern of RE2 is found; `.` is no line break. */
  found(text: string, pattern: string): string;
  /** The first group of a pattern that has no parameter. */
  extract(text: string, pattern: string): string;
  countIf(condition: string): string;
  /** Wider than a sum of thousandths can be. */
  sumIf(number: string, condition: string): string;
  minIf(expression: string, condition: string): string;
  maxIf(expression: string, condition: string): string;
  distinctIf(expression: string, condition: string): string;
  /** A list of the greatest; empty, or null, when there is none. */
  greatestIf(expression: string, condition: string, count: number): string;
  /** Whether a condition holds for an item of a list. */
  some(list: string, item: string, condition: string): string;
  orEmpty(list: string): string;
  /** The `count`-th greatest of several answers. */
  nthGreatest(answers: readonly string[], count: number): string;
}

/** DuckDB 1.5. */
export function duckdbDialect(): SqlDialect {
  const values: string[] = [];
  const text = (value: string) => `$${values.push(value)}::varchar`;
  return {
    engine: 'duckdb',
    values,
    text,
    // As texts, so that the driver does not choose a type by the value.
    number: (value) => `${text(String(value))}::double`,
    whole: (value) => `${text(String(value))}::bigint`,
    properties: 'properties',
    given: 'given',
    member(json, path) {
      const pointer = path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
      // A row that is not JSON has no members; without `try` it would end the question.
      return `coalesce(try(json_extract(${json}, ${text(pointer)}))::varchar, '')`;
    },
    accounts: `(select person, unnest(json_extract(facts, '$.accounts[*]'))::varchar as account from given) as accounts`,
    account: 'account',
    textOf: (json) => `json_extract_string(nullif(${json}, ''), '$')`,
    numberOf: (json) => `try_cast(${json} as double)`,
    digits: (digits) => `try_cast(${digits} as bigint)`,
    divide: (a, b) => `((${a}) // ${b})`,
    floor: (number) => `floor(${number})::bigint`,
    startsWith: (one, start) => `starts_with(${one}, ${start})`,
    endsWith: (one, end) => `ends_with(${one}, ${end})`,
    contains: (one, part) => `contains(${one}, ${part})`,
    found: (one, pattern) => `regexp_matches(${one}, ${text(pattern)})`,
    extract: (one, pattern) => `regexp_extract(${one}, '${pattern}', 1)`,
    countIf: (condition) => `count(*) filter (where ${condition})`,
    sumIf: (number, condition) => `sum(${number}) filter (where ${condition})`,
    minIf: (expression, condition) => `min(${expression}) filter (where ${condition})`,
    maxIf: (expression, condition) => `max(${expression}) filter (where ${condition})`,
    distinctIf: (expression, condition) => `count(distinct ${expression}) filter (where ${condition})`,
    greatestIf: (expression, condition, count) => `max(${expression}, ${count}) filter (where ${condition})`,
    some: (list, item, condition) => `len(list_filter(${list}, lambda ${item}: ${condition})) > 0`,
    orEmpty: (list) => `coalesce(${list}, [])`,
    nthGreatest: (answers, count) => `list_sort([${answers.join(', ')}], 'DESC')[${count}]`,
  };
}

/** ClickHouse 25.8 and later. */
export function clickhouseDialect(): SqlDialect {
  const values: (string | number)[] = [];
  const bind = (value: string | number, type: string) => `{p${values.push(value)}:${type}}`;
  const text = (value: string) => bind(value, 'String');
  const given = '(select person, facts from given_subjects where run = {run:String}) as given';
  return {
    engine: 'clickhouse',
    values,
    text,
    number: (value) => bind(value, 'Float64'),
    whole: (value) => bind(value, 'Int64'),
    properties: 'readable',
    given,
    member(json, path) {
      const at = `${json}, ${path.map(text).join(', ')}`;
      const raw = `JSONExtractRaw(${at})`;
      // A large number may come without a point or an exponent, and could not be read once more.
      return `if(JSONType(${at}) = 'Double' and not match(${raw}, '[.e]'), concat(${raw}, 'e0'), ${raw})`;
    },
    // By its number: the JSON text of an item would be written anew, with numbers that could not be read once more.
    accounts: `(select person, facts, arrayJoin(range(1, JSONLength(facts, 'accounts') + 1)) as account from ${given}) as accounts`,
    account: `facts, 'accounts', account`,
    textOf: (json) => `JSONExtractString(${json})`,
    numberOf: (json) => `JSONExtractFloat(${json})`,
    digits: (digits) => `toInt64OrZero(${digits})`,
    divide: (a, b) => `intDiv(${a}, ${b})`,
    floor: (number) => `toInt64(floor(${number}))`,
    startsWith: (one, start) => `startsWith(${one}, ${start})`,
    endsWith: (one, end) => `endsWith(${one}, ${end})`,
    contains: (one, part) => `position(${one}, ${part}) > 0`,
    // Here `.` is a line break too unless it is told otherwise.
    found: (one, pattern) => `match(${one}, ${text(`(?-s:${pattern})`)})`,
    extract: (one, pattern) => `extract(${one}, '${pattern.replaceAll('\\', '\\\\')}')`,
    countIf: (condition) => `countIf(${condition})`,
    sumIf: (number, condition) => `sumIf(toInt128(${number}), ${condition})`,
    minIf: (expression, condition) => `minIf(${expression}, ${condition})`,
    maxIf: (expression, condition) => `maxIf(${expression}, ${condition})`,
    distinctIf: (expression, condition) => `uniqExactIf(${expression}, ${condition})`,
    greatestIf: (expression, condition, count) => `arrayMap(x -> -x, groupArraySortedIf(${count})(-(${expression}), ${condition}))`,
    some: (list, item, condition) => `arrayExists(${item} -> ${condition}, ${list})`,
    orEmpty: (list) => list,
    nthGreatest: (answers, count) => `arrayReverseSort([${answers.join(', ')}])[${count}]`,
  };
}
