import pg from 'pg';
import { copyLine, copyRows } from './copy-rows.ts';
import { makeBatch } from './load-events.ts';

/** The floor under every design: the same events by COPY, a transaction a batch, into a table with a primary key and the message-id index. Events a second. */
export async function copyInBatches(url: string, input: { seconds: number; batchSize: number; people: number }): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'create table copy_floor (id bigint generated always as identity primary key, message_id text not null, at timestamptz not null, payload json not null)',
  );
  await client.query('create unique index on copy_floor (message_id)');
  const begun = performance.now();
  let rows = 0;
  while (performance.now() - begun < input.seconds * 1000) {
    const batch = makeBatch(input.batchSize, input.people);
    const lines = batch.map((event) => copyLine([String(event.messageId), String(event.timestamp), JSON.stringify(event)]));
    await copyRows(client, 'copy_floor (message_id, at, payload)', Buffer.from(lines.join('')));
    rows += batch.length;
  }
  const perSecond = rows / ((performance.now() - begun) / 1000);
  await client.query('drop table copy_floor');
  await client.end();
  return perSecond;
}
