import type { ZodType } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { Doors } from '../../kernel/door.ts';
import type { Leaving } from '../../kernel/leaving.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Space } from '../../kernel/space.ts';
import type { Courier } from '../courier/courier.ts';
import type { Db, SqlReader } from '../db/db.ts';
import type { EventLog } from '../event-log/event-log.ts';
import type { Files } from '../files/files.ts';
import type { Signal } from '../signal/signal.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/**
 * Who may call a route. `open`: anybody, the handler decides by what it is given (a token, a write key). `owner`:
 * a signed-in person of the workspace. `guest`: a customer's person with a portal session.
 */
export type RouteAccess = 'open' | 'owner' | 'guest';

/** Who calls. The server filled it in from the session; nothing of it comes from the body. */
export type Caller =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'owner';
      readonly workspace: string;
      readonly user: string;
      readonly email: string;
      readonly name: string;
      readonly session: string;
    }
  | { readonly kind: 'guest'; readonly scope: Scope; readonly plan: string; readonly email: string; readonly session: string };

/** Whom records name as the one who did it; empty for nobody. */
export function emailOf(caller: Caller): string {
  return caller.kind === 'nobody' ? '' : caller.email;
}

/** What a handler is given: everything checked, nothing raw. */
export interface RouteRequest<Body = unknown, Query = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  readonly caller: Caller;
  /** The environment of the path, when it belongs to the caller's workspace; a foreign one answers 404 before. */
  readonly scope: Scope;
  readonly requestId: string;
  /** Tells when the caller has gone before the answer. */
  readonly asker: Leaving;
  /** Sets or clears a cookie of the answer. */
  setCookie(name: string, value: string | undefined, maxAgeSeconds?: number): void;
}

/** What handlers work with: the ports, and the few things that only the machine can do. */
export interface Services {
  readonly db: Db;
  /** Read by whoever must see what was recorded; what is to be appended goes by the outbox. */
  readonly log: EventLog;
  readonly sql: SqlReader;
  readonly warehouse: Warehouse;
  readonly courier: Courier;
  readonly files: Files;
  readonly signal: Signal;
  readonly clock: Clock;
  /** Room on the disk: what can wait asks before it writes much. */
  space(): Space;
  /** Unguessable text of 256 bits, base64url. */
  token(): string;
  /** A short unique id: `prefix_…`. */
  id(prefix: string): string;
  /** SHA-256 of a text, hex: how secrets are kept. */
  digest(text: string): string;
  /** Encrypts under the installation's key; bound to `context`, so that it cannot be moved to another record. */
  seal(text: string, context: string): string;
  unseal(sealed: string, context: string): string;
  /** HMAC-SHA-256 under the installation's key, hex: how an id is recognised that must not be kept. */
  keyedDigest(text: string): string;
  /** What an environment believes of those who send, remembered for a few seconds. */
  readonly door: Doors;
  /** The environment's settings changed: what was remembered of its door goes. */
  forgetDoor(scope: Scope): void;
  /** Resolves once the entries are applied, every one, or after two seconds: the screen then shows what is known. */
  applied(scope: Scope, ...entries: string[]): Promise<void>;
  /** Origin under which this server is reached, no slash at the end. */
  readonly origin: () => string;
}

/** An answer that the browser keeps as a file, written piece by piece. */
export class Download {
  readonly name: string;
  /** The content type. */
  readonly type: string;
  readonly pieces: AsyncIterable<string>;

  constructor(file: { readonly name: string; readonly type: string; readonly pieces: AsyncIterable<string> }) {
    this.name = file.name;
    this.type = file.type;
    this.pieces = file.pieces;
  }
}

/** One route, as its slice declares it. A route cannot be written without saying who may call it. */
export interface Route<Body = unknown, Query = unknown, Answer = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/e/:environment/people/:id` */
  readonly path: string;
  readonly access: RouteAccess;
  readonly body?: ZodType<Body>;
  readonly query?: ZodType<Query>;
  /** A body that is taken as bytes instead of JSON: at most so many. `body` is then a `Uint8Array`. */
  readonly upload?: { readonly bytes: number };
  /** Checked before it leaves; absent = 204 and no body, or a {@link Download}. */
  readonly answer?: ZodType<Answer>;
  handle(request: RouteRequest<Body, Query>, services: Services): Promise<Answer>;
}

/** Gives a route its types and forgets them again, so that routes of all slices fit in one list. */
export function route<Body = undefined, Query = undefined, Answer = void>(declared: Route<Body, Query, Answer>): Route {
  return declared as unknown as Route;
}
