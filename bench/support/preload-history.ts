import { randomUUID } from 'node:crypto';
import type { AcceptedEvent } from '@gangway/product/kernel/event.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { foldEvent } from '@gangway/product/pipeline/fold.ts';
import { digestOf } from '@gangway/product/pipeline/seen-ids.ts';
import { emptyPersonDoc } from '@gangway/product/pipeline/subject-doc.ts';
import { sha256 } from '@gangway/server/sha256.ts';
import pg from 'pg';
import { copyLine, copyRows } from './copy-rows.ts';
import { makeBatch } from './load-events.ts';

/** Events that one person of the past has sent: a past grows by people as well as by events. */
export const eventsAPerson = 50;
/** Events in one row of the log, and days over which the past is spread. */
const eventsARow = 1_000;
const days = 6;

/** A past written by COPY: the log, the ids against duplicates, and people as the pipeline itself would have folded them. */
export async function preloadHistory(databaseUrl: string, scope: Scope, events: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const people = Math.max(1, Math.round(events / eventsAPerson));
  // An index is built once over everything, not row by row; what is measured later has it.
  await client.query('alter table seen_events drop constraint seen_events_pkey');
  await copyLog(client, scope, events);
  await client.query('alter table seen_events add primary key (digest)');
  await copyPeople(client, scope, people);
  await client.query('update log_readers set position = (select max(position) from event_log)');
  await client.query(
    'insert into counters (workspace, environment, name, value) values ($1, $2, $3, $4) on conflict (workspace, environment, name) do update set value = excluded.value',
    [scope.workspace, scope.environment, 'people', people],
  );
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  await client.end();
}

async function copyLog(client: pg.Client, scope: Scope, events: number): Promise<void> {
  const { rows } = await client.query<{ position: string }>('select coalesce(max(position), 0) as position from event_log');
  const [first, begun] = [Number(rows[0]?.position), Date.now() - days * 86_400_000];
  const people = Math.round(events / eventsAPerson);
  for (let written = 0; written < events; written += eventsARow) {
    const at = begun + Math.round((written / events) * days * 86_400_000);
    const batch = makeBatch(Math.min(eventsARow, events - written), people).map((event) => ({
      ...event,
      time: at,
      receivedAt: at,
      level: 'claimed',
    }));
    const entries = batch.map((event) => ({
      id: `event:${randomUUID()}`,
      scope,
      origin: 'source',
      depth: 0,
      body: { what: 'event', event },
    }));
    const position = first + 1 + written / eventsARow;
    await copyRows(
      client,
      'event_log (partition, position, at, entries, payload)',
      Buffer.from(copyLine([0, position, at, entries.length, JSON.stringify(entries)])),
    );
    const instant = new Date(at).toISOString();
    const lines = entries.map((entry) => copyLine([scope.workspace, scope.environment, digestOf(entry, sha256), instant]));
    await copyRows(client, 'seen_events (workspace, environment, digest, at)', Buffer.from(lines.join('')));
  }
}

const personColumns =
  'workspace, environment, id, number, user_id, anonymous_id, name, email, level, first_seen, last_seen, merged_into, doc';

async function copyPeople(client: pg.Client, { workspace, environment }: Scope, people: number): Promise<void> {
  const last = Date.now() - 60_000;
  for (let start = 0; start < people; start += eventsARow) {
    const numbers = Array.from({ length: Math.min(eventsARow, people - start) }, (_, index) => start + index);
    const rows = numbers.map((person) => {
      const doc = pastOf(last);
      const seen = [new Date(last - days * 86_400_000).toISOString(), new Date(last).toISOString()];
      return copyLine([
        workspace,
        environment,
        `p_${person + 1}`,
        person + 1,
        `user-${person}`,
        null,
        null,
        null,
        'claimed',
        ...seen,
        null,
        JSON.stringify(doc),
      ]);
    });
    await copyRows(client, `people (${personColumns})`, Buffer.from(rows.join('')));
    const links = numbers.map((person) => copyLine([workspace, environment, 'user', `user-${person}`, `p_${person + 1}`]));
    await copyRows(client, 'identities (workspace, environment, kind, value, person)', Buffer.from(links.join('')));
  }
}

/** What fifty events come to, the last of them a minute ago. */
function pastOf(last: number) {
  const step = (days * 86_400_000) / eventsAPerson;
  return makeBatch(eventsAPerson, 1).reduce((doc, event, index) => {
    const time = Math.round(last - (eventsAPerson - 1 - index) * step);
    return foldEvent(doc, { ...(event as unknown as AcceptedEvent), time, receivedAt: time, level: 'claimed' }, []).doc;
  }, emptyPersonDoc);
}
