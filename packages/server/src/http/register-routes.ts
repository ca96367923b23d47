import { Readable } from 'node:stream';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { type Caller, Download, type Route, type RouteRequest, type Services } from '@gangway/product/ports/http/route.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import { writeCookie } from './cookies.ts';

/** What the gate needs to know who calls, and for which environment. */
export interface Gate {
  owner(request: FastifyRequest): Promise<Caller>;
  guest(request: FastifyRequest): Promise<Caller>;
  /** Whether an environment belongs to a workspace. */
  belongs(workspace: string, environment: string): Promise<boolean>;
}

const bytesType = 'application/octet-stream';

/**
 * Registers every declared route behind the gate: who may call, from where, with what body. There is no other
 * way in for the dashboard's and the portal's interface.
 */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[], input: { services: Services; gate: Gate }): void {
  app.addContentTypeParser(bytesType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const declared of routes) {
    app.route({
      method: declared.method,
      url: declared.path,
      ...(declared.upload ? { bodyLimit: declared.upload.bytes } : {}),
      handler: async (request, reply) => {
        refuseForeignOrigin(request, declared.upload ? bytesType : 'application/json');
        const caller = await admit(declared, request, input.gate);
        const scope = await scopeOf(request, caller, input.gate);
        const asked: RouteRequest = {
          params: request.params as Record<string, string>,
          body: declared.upload ? request.body : check(declared.body, request.body, 'body'),
          query: check(declared.query, request.query, 'query'),
          caller,
          scope,
          requestId: request.id,
          asker: askerOf(reply),
          setCookie: (name, value, maxAge) => writeCookie(request, reply, { name, value, maxAge }),
        };
        return answer(declared, await declared.handle(asked, input.services), reply);
      },
    });
  }
}

/** A connection that closes before the answer was written means that nobody waits for it. */
function askerOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Cross-site requests cannot change anything: types that a form cannot send, from our own pages only. */
function refuseForeignOrigin(request: FastifyRequest, expected: string): void {
  if (request.method === 'GET') return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && hostOf(origin) !== request.headers.host);
  if (foreign) throw new Problem('foreign_origin', 403, 'This can be called from Gangway’s own pages only.');
  const type = request.headers['content-type'];
  if (request.body !== undefined && request.body !== null && !type?.startsWith(expected))
    throw new Problem('unsupported_type', 415, `Send it with “content-type: ${expected}”.`);
}

/** Undefined for an opaque origin (`null`): a sandboxed frame is not one of our pages. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

async function admit(declared: Route, request: FastifyRequest, gate: Gate): Promise<Caller> {
  if (declared.access === 'open') return { kind: 'nobody' };
  const caller = declared.access === 'owner' ? await gate.owner(request) : await gate.guest(request);
  if (caller.kind === 'nobody') {
    throw new Problem(
      'signed_out',
      401,
      declared.access === 'owner' ? 'You are signed out. Sign in to go on.' : 'Open the link in your mail to see your plan.',
    );
  }
  return caller;
}

/** A foreign environment does not exist: the same 404 as for one that nobody has. */
async function scopeOf(request: FastifyRequest, caller: Caller, gate: Gate): Promise<Scope> {
  const { environment } = request.params as { environment?: string };
  if (caller.kind === 'guest') return caller.scope;
  if (caller.kind !== 'owner') return { workspace: '', environment: '' };
  if (environment === undefined) return { workspace: caller.workspace, environment: '' };
  if (!(await gate.belongs(caller.workspace, environment))) throw new Problem('not_found', 404, 'There is no such environment.');
  return { workspace: caller.workspace, environment };
}

function check(schema: ZodType | undefined, value: unknown, what: 'body' | 'query'): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path, message }));
  const first = issues[0];
  throw new Problem(`invalid_${what}`, 400, `The request is not complete: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim(), {
    issues,
  });
}

function sendFile({ name, type, pieces }: Download, reply: FastifyReply): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('x-content-type-options', 'nosniff')
    .type(type)
    .send(Readable.from(pieces));
}

/** What leaves is checked too: an answer that is not as declared is our bug, not the reader's. */
function answer(declared: Route, value: unknown, reply: FastifyReply): unknown {
  reply.header('cache-control', 'no-store');
  if (value instanceof Download) return sendFile(value, reply);
  if (!declared.answer) return reply.status(204).send();
  return declared.answer.parse(value);
}
