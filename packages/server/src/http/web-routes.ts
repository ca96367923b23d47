import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The dashboard, the portal and their assets. Every other path of a browser is a screen of the dashboard. */
export function registerWeb(app: FastifyInstance, folders: { readonly web: string; readonly sdk: string }): void {
  const dashboard = readFile(join(folders.web, 'dashboard', 'index.html'), 'utf8');
  const portal = readFile(join(folders.web, 'portal', 'index.html'), 'utf8');
  app.register(fastifyStatic, { root: join(folders.web, 'assets'), prefix: '/assets/', immutable: true, maxAge: '365d', wildcard: true });
  app.register(fastifyStatic, {
    root: join(folders.sdk, 'chunks'),
    prefix: '/sdk/chunks/',
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
    setHeaders: (reply) => reply.header('access-control-allow-origin', '*'),
  });
  app.get('/portal', (_request, reply) => reply.redirect('/portal/'));
  app.get('/portal/*', async (_request, reply) => sendPage(reply, await portal));
  app.setNotFoundHandler(async (request, reply) => {
    const page =
      request.method === 'GET' && !/^\/(api|v1|sdk|assets)\//.test(request.url) && (request.headers.accept ?? '').includes('text/html');
    if (!page) throw new Problem('not_found', 404, 'There is nothing under this address.');
    return sendPage(reply, await dashboard);
  });
}

/** Scripts of our own only; styles of our own or with this answer's nonce; nobody may frame us. */
function sendPage(reply: FastifyReply, html: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-opener-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll('__CSP_NONCE__', nonce));
}
