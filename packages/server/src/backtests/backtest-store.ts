import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { FoundSubject } from '@gangway/product/pipeline/backtest/summary.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { identities } from '@gangway/product/pipeline/tables.ts';
import { linkRow } from '@gangway/product/pipeline/working-set.ts';
import type { Db, Tx } from '@gangway/product/ports/db/db.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import type { BacktestAnswer, BacktestSubjectsAnswer, BacktestRow as BacktestWire } from '@gangway/product/wire/backtest.ts';
import { type BacktestRow, backtestResults, backtests } from './tables.ts';

/** A backtest as screens list it. */
export function toWire(row: BacktestRow): BacktestWire {
  const { id, slice, definition, name, state, publishedVersion, from, until, zone, done, of, error } = row;
  const { createdAt, createdBy, startedAt, finishedAt } = row;
  return {
    ...{ id, slice, definition, name, state, publishedVersion, from, until, zone, done, of, error },
    ...{ createdAt, createdBy, startedAt, finishedAt },
  };
}

export async function requireBacktest(tx: Tx, scope: Scope, id: string): Promise<BacktestRow> {
  const [row] = await tx.get(backtests, [{ id, ...scopeColumns(scope) }]);
  if (!row) throw new Problem('not_found', 404, 'There is no such backtest. They are kept for 30 days.');
  return row;
}

/** A backtest with what it found; null while there is nothing. */
export async function readBacktest(db: Db, scope: Scope, id: string): Promise<BacktestAnswer> {
  return db.transaction({ as: 'request', scope }, async (tx) => {
    const row = await requireBacktest(tx, scope, id);
    const [result] = row.state === 'done' ? await tx.get(backtestResults, [row]) : [];
    return { ...toWire(row), findings: (result?.findings ?? null) as BacktestAnswer['findings'] };
  });
}

/** A found subject as it is kept: by its id here, without a name, so that a person who is deleted is named nowhere. */
export type KeptSubject = Pick<FoundSubject, 'kind' | 'change' | 'draft' | 'published'> & { readonly id: string | null };

/** Takes the names out of what a run found. A run names people by the ids that senders use; its own numbers mean nothing outside. */
export async function withoutNames(tx: Tx, scope: Scope, listed: readonly FoundSubject[]): Promise<KeptSubject[]> {
  const links = listed.flatMap(({ id, link }) => (link === null ? [] : [linkRow(scope, `${link}:${id}`)]));
  const rows = links.length === 0 ? [] : await tx.get(identities, links);
  const idOf = new Map(rows.map((row) => [`${row.kind}:${row.value}`, row.person]));
  return listed.map(({ kind, id, link, change, draft, published }) => ({
    ...{ kind, change, draft, published },
    id: link === null ? id : (idOf.get(`${link}:${id}`) ?? null),
  }));
}

/** Whom a backtest found, as screens name them now. */
export async function readSubjects({ db, sql }: Pick<Services, 'db' | 'sql'>, scope: Scope, id: string): Promise<BacktestSubjectsAnswer> {
  const result = await db.transaction({ as: 'request', scope }, async (tx) => {
    const row = await requireBacktest(tx, scope, id);
    return (await tx.get(backtestResults, [row]))[0];
  });
  if (!result) return { subjects: [], total: 0 };
  const kept = result.listed as unknown as KeptSubject[];
  const { gained, lost, same } = (result.findings as unknown as NonNullable<BacktestAnswer['findings']>).changes;
  const table = kept[0]?.kind === 'account' ? 'accounts' : 'people';
  const label = table === 'accounts' ? 'coalesce(name, id)' : `coalesce(name, email, user_id, 'Anonymous visitor')`;
  const named = await sql.read<{ id: string; label: string }>(
    scope,
    `select id, ${label} as label from ${table} where workspace = $1 and environment = $2 and id = any($3)`,
    [scope.workspace, scope.environment, kept.flatMap((one) => one.id ?? [])],
  );
  const labels = new Map(named.map((row) => [row.id, row.label]));
  const subjects = kept.map(({ id: subject, change, draft, published }) => {
    const known = subject === null ? undefined : labels.get(subject);
    return { id: known === undefined ? null : subject, label: known ?? 'Not known any more', change, draft, published };
  });
  return { subjects, total: gained + lost + same };
}

/** Stops a backtest that waits or runs; one that has ended stays as it is. */
export async function cancelBacktest(db: Db, scope: Scope, input: { id: string; now: number }): Promise<BacktestAnswer> {
  await db.transaction({ as: 'request', scope }, async (tx) => {
    await tx.lock([`backtest:${input.id}`]);
    const row = await requireBacktest(tx, scope, input.id);
    if (row.state !== 'queued' && row.state !== 'running') return;
    await tx.put(backtests, [{ ...row, state: 'cancelled', worker: null, finishedAt: input.now }]);
  });
  return readBacktest(db, scope, input.id);
}
