import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import type { FastifyInstance } from 'fastify';
import type { Gate } from './register-routes.ts';

const heartbeat = 15_000;
const maximumUnread = 1_000_000;

/** Server-sent events for live screens: what was applied just now, and whom it touched. Returns the way to end them all. */
export function registerLiveStream(app: FastifyInstance, input: { gate: Gate; signal: Signal }): () => void {
  const open = new Set<() => void>();
  app.get('/api/e/:environment/live/stream', async (request, reply) => {
    const { environment } = request.params as { environment: string };
    const caller = await input.gate.owner(request);
    if (caller.kind !== 'owner') throw new Problem('signed_out', 401, 'You are signed out. Sign in to go on.');
    if (!(await input.gate.belongs(caller.workspace, environment))) throw new Problem('not_found', 404, 'There is no such environment.');
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write('retry: 2000\n\n');
    const send = (text: string) => {
      if (raw.writableLength > maximumUnread) raw.destroy();
      else raw.write(text);
    };
    const stop = input.signal.subscribe('applied', (note) => {
      if (note.environment !== environment || note.workspace !== caller.workspace) return;
      const { events, people, accounts } = note;
      send(
        `event: applied\ndata: ${JSON.stringify({ events: events.slice(-200), people: people.slice(0, 1000), accounts: accounts.slice(0, 1000) })}\n\n`,
      );
    });
    const stopProjected = input.signal.subscribe('projected', () => send('event: projected\ndata: {}\n\n'));
    const timer = setInterval(() => send(': still here\n\n'), heartbeat);
    const end = () => {
      stop();
      stopProjected();
      clearInterval(timer);
      open.delete(end);
      raw.end();
    };
    open.add(end);
    raw.on('close', end);
  });
  return () => {
    for (const end of open) end();
  };
}
