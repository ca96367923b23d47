import { identityLevels, tokenFaults } from '../../../kernel/event.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { faultWords } from '../../../pipeline/sender.ts';
import { counters } from '../../../pipeline/tables.ts';
import type { ProofCounter } from '../../../pipeline/working-set.ts';
import type { Db, SqlReader } from '../../../ports/db/db.ts';
import type { IdentityCoverage } from '../contract.ts';

const dayMs = 86_400_000;
const days = 7;
const refusedPrefix = 'identity_token_';
/** How sure an event can be of the user it names. */
const words = [...identityLevels, ...tokenFaults];

/** What the coverage is read from. */
interface Reads {
  readonly db: Db;
  readonly sql: SqlReader;
}

/**
 * The last seven days as if proof were required: today and the six days before, UTC. Events are counted when they
 * are applied; a person counts as proved when no page event of those days named them without a valid token.
 */
export async function readCoverage({ db, sql }: Reads, scope: Scope, now: number): Promise<IdentityCoverage> {
  const today = Math.floor(now / dayMs);
  const from = (today - days + 1) * dayMs;
  const [taken, refused, people] = [
    await takenEvents(db, scope, today),
    await refusedEvents(sql, scope, from),
    await peopleSince(sql, scope, from),
  ];
  const of = (word: string) => taken.get(word) ?? 0;
  const doubted = tokenFaults.reduce((sum, fault) => sum + of(fault), 0);
  return {
    from,
    to: now,
    events: { proved: of('verified'), all: of('verified') + of('claimed') + doubted },
    people,
    serverEvents: of('server'),
    faults: tokenFaults
      .map((fault) => ({ fault, message: faultWords[fault], taken: of(fault), refused: refused.get(fault) ?? 0 }))
      .filter((row) => row.taken + row.refused > 0),
  };
}

/** Word → events, of the last days. */
async function takenEvents(db: Db, scope: Scope, today: number): Promise<Map<string, number>> {
  const keys = Array.from({ length: days }, (_, back) =>
    words.map((word) => ({ name: `identified:${today - back}:${word}` satisfies ProofCounter, ...scopeColumns(scope) })),
  ).flat();
  const rows = await db.transaction({ as: 'request', scope }, (tx) => tx.get(counters, keys));
  const taken = new Map<string, number>();
  for (const { name, value } of rows) {
    const word = name.slice(name.lastIndexOf(':') + 1);
    taken.set(word, (taken.get(word) ?? 0) + value);
  }
  return taken;
}

async function refusedEvents(sql: SqlReader, { workspace, environment }: Scope, from: number): Promise<Map<string, number>> {
  const rows = await sql.read<{ reason: string; events: number }>(
    { workspace, environment },
    `select reason, count(*)::int as events from failed_events
     where workspace = $1 and environment = $2 and received_at >= to_timestamp($3::float8 / 1000) and starts_with(reason, $4) group by 1`,
    [workspace, environment, from, refusedPrefix],
  );
  return new Map(rows.map(({ reason, events }) => [reason.slice(refusedPrefix.length), events]));
}

async function peopleSince(sql: SqlReader, { workspace, environment }: Scope, from: number): Promise<IdentityCoverage['people']> {
  const [row] = await sql.read<IdentityCoverage['people']>(
    { workspace, environment },
    `select count(*)::int as all, (count(*) filter (where verified and not claimed))::int as proved
     from (select coalesce(verified_at >= since, false) as verified, coalesce(claimed_at >= since, false) as claimed
       from people, (select to_timestamp($3::float8 / 1000) as since) s
       where workspace = $1 and environment = $2 and merged_into is null and last_seen >= since - interval '1 day') p
     where verified or claimed`,
    [workspace, environment, from],
  );
  return row ?? { proved: 0, all: 0 };
}
