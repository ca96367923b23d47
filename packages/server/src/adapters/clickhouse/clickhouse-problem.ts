import { ClickHouseError } from '@clickhouse/client';
import { isProblem, Problem } from '@gangway/product/kernel/problem.ts';

/** Codes of https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp that an operator can mend. */
const refusals: Readonly<Record<string, { readonly code: string; tell(server: string): string }>> = {
  '81': {
    code: 'clickhouse_no_database',
    tell: (server) => `The database in CLICKHOUSE_URL does not exist on ClickHouse at ${server}. Create it there: create database gangway.`,
  },
  '164': { code: 'clickhouse_no_rights', tell: (server) => `The user in CLICKHOUSE_URL may only read on ClickHouse at ${server}.` },
  '192': { code: 'clickhouse_login', tell: wrongLogin },
  '193': { code: 'clickhouse_login', tell: wrongLogin },
  '194': { code: 'clickhouse_login', tell: wrongLogin },
  '497': {
    code: 'clickhouse_no_rights',
    tell: (server) => `The user in CLICKHOUSE_URL lacks a right on ClickHouse at ${server}; docs/operate.md lists what it needs.`,
  },
  '516': { code: 'clickhouse_login', tell: wrongLogin },
};

function wrongLogin(server: string): string {
  return `ClickHouse at ${server} refuses the user or the password in CLICKHOUSE_URL.`;
}

/**
 * What went wrong at the start, for the operator.
 *
 * @param server host and port, never the password
 * @param changed a sentence that says what of the database is other than before
 */
export function clickhouseProblem(error: unknown, server: string, changed: string): Problem {
  if (isProblem(error)) return error;
  const said = error instanceof Error ? error.message.trim() : String(error);
  const refusal = error instanceof ClickHouseError ? refusals[error.code] : undefined;
  if (refusal) return new Problem(refusal.code, 500, `${refusal.tell(server)} It said: ${said} ${changed}`);
  if (error instanceof ClickHouseError)
    return new Problem('clickhouse_refused', 500, `ClickHouse at ${server} refused a statement at the start. It said: ${said} ${changed}`);
  return new Problem(
    'clickhouse_unreachable',
    500,
    `ClickHouse at ${server} cannot be reached (${said}). Check CLICKHOUSE_URL, which names its HTTP port, and that it runs. ${changed}`,
  );
}
