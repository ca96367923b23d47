import { csvLine, csvMark } from '../../../kernel/csv-line.ts';
import { Download, type Route, route } from '../../../ports/http/route.ts';
import { type FailedEvent, failedAnswer, failedExportQuery, failedQuery, replayAnswer, replayRequest } from '../contract.ts';
import { everyFailed, listFailed, replayFailed } from './failed-store.ts';

/** Events that were refused at the door or set aside later: looked through, taken out, sent again. */
export const failedRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/e/:environment/failed',
    access: 'owner',
    query: failedQuery,
    answer: failedAnswer,
    handle: ({ scope, query: { offset, limit, ...filter } }, { sql }) => listFailed(sql, scope, { filter, offset, limit }),
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/failed/export',
    access: 'owner',
    query: failedExportQuery,
    handle: async ({ scope, query: { format, ...filter } }, { sql }): Promise<Download | undefined> => {
      const events = await everyFailed(sql, scope, filter);
      return format === 'csv'
        ? new Download({ name: 'failed-events.csv', type: 'text/csv; charset=utf-8', pieces: asCsv(events) })
        : new Download({ name: 'failed-events.jsonl', type: 'application/x-ndjson; charset=utf-8', pieces: asLines(events) });
    },
  }),
  route({
    method: 'POST',
    path: '/api/e/:environment/failed/replay',
    access: 'owner',
    body: replayRequest,
    answer: replayAnswer,
    handle: ({ scope, body }, services) => replayFailed(services, scope, body),
  }),
];

async function* asCsv(events: AsyncIterable<FailedEvent>): AsyncGenerator<string> {
  yield csvMark + csvLine(['id', 'received_at', 'stage', 'reason', 'path', 'body']);
  for await (const { id, receivedAt, stage, reason, path, body } of events)
    yield csvLine([id, new Date(receivedAt).toISOString(), stage, reason, path, JSON.stringify(body)]);
}

async function* asLines(events: AsyncIterable<FailedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify({ ...event, receivedAt: new Date(event.receivedAt).toISOString() })}\n`;
}
