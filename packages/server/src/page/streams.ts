import type { ServerResponse } from 'node:http';
import { isProblem } from '@gangway/product/kernel/problem.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import type { Manifests } from './manifests.ts';
import type { PageAsked } from './page-asked.ts';

const heartbeat = 15_000;
/** A page that does not read is cut off: it will come back and ask again. */
const maximumUnread = 1_000_000;

interface Connection {
  readonly scope: Scope;
  readonly request: PageAsked;
  readonly response: ServerResponse;
  person: string | undefined;
  working: boolean;
  again: boolean;
  last: string;
}

/** Open pages that hold a stream: each gets its manifest whenever it may have changed. */
export interface Streams {
  open(scope: Scope, request: Connection['request'], response: ServerResponse): void;
  /** Ends every stream, for shutting down. */
  close(): void;
}

export function createStreams(input: { signal: Signal; manifests: Manifests; report: (error: unknown) => void }): Streams {
  const connections = new Set<Connection>();
  const push = async (connection: Connection) => {
    if (connection.working) {
      connection.again = true;
      return;
    }
    connection.working = true;
    try {
      const { signed, person } = await input.manifests.make(connection.scope, connection.request);
      connection.person = person;
      const { serverTime: _, ...rest } = JSON.parse(signed.manifest) as { serverTime: number };
      const text = JSON.stringify(rest);
      if (text !== connection.last) write(connection, `${JSON.stringify(signed)}\n`);
      connection.last = text;
    } catch (error) {
      // A token that has run out ends the stream; the page comes back with the next one.
      if (!isProblem(error)) input.report(error);
      connection.response.end();
    } finally {
      connection.working = false;
      if (connection.again) {
        connection.again = false;
        void push(connection);
      }
    }
  };
  /** A page whose person is not known yet may turn out to be any of them. */
  const concerned = (scope: Scope, people?: ReadonlySet<string>) =>
    [...connections].filter(
      ({ person, scope: own }) => own.environment === scope.environment && (!people || person === undefined || people.has(person)),
    );
  const stops = [
    input.signal.subscribe('manifest', ({ people, ...scope }) => concerned(scope, new Set(people)).forEach((one) => void push(one))),
    input.signal.subscribe('definitions', (scope) => concerned(scope).forEach((one) => void push(one))),
  ];
  const timer = setInterval(() => {
    for (const one of connections) write(one, '\n');
  }, heartbeat);
  timer.unref();
  return {
    open(scope, request, response) {
      const connection: Connection = { scope, request, response, person: undefined, working: false, again: false, last: '' };
      connections.add(connection);
      response.on('close', () => connections.delete(connection));
      void push(connection);
    },
    close() {
      clearInterval(timer);
      for (const stop of stops) stop();
      for (const one of connections) one.response.end();
    },
  };
}

function write({ response }: Connection, text: string): void {
  if (response.writableLength > maximumUnread) response.destroy();
  else response.write(text);
}
