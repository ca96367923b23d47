import { isProblem, Problem } from '@gangway/product/kernel/problem.ts';
import { StoreError } from '@gangway/product/ports/db/store-error.ts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** The one place where an error becomes an answer, and is logged once. */
export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, problem.message);
  if (problem.status === 503 || problem.status === 429) {
    const seconds = String(problem.detail.retryAfter ?? 5);
    reply.header('retry-after', seconds);
    if (problem.status === 429) reply.header('x-ratelimit-reset', seconds);
  }
  const detail = Object.keys(problem.detail).length > 0 ? { detail: problem.detail } : {};
  return reply
    .status(problem.status)
    .type('application/problem+json')
    .send({ code: problem.code, status: problem.status, message: problem.message, requestId: request.id, ...detail });
}

function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const status = error instanceof Error && 'statusCode' in error ? (error as FastifyError).statusCode : undefined;
  if (status === 413) return new Problem('too_large', 413, 'The request is too large. Nothing of it was kept.');
  if (status === 415) return new Problem('unsupported_type', 415, 'Send JSON with “content-type: application/json”.');
  if (status !== undefined && status < 500)
    return new Problem('bad_request', status, `The request could not be read: ${error instanceof Error ? error.message : ''}`);
  if (error instanceof StoreError || storeIsDown(code))
    return new Problem(
      'store_unavailable',
      503,
      'The database cannot be reached right now. Nothing was acknowledged; send it again in a few seconds.',
    );
  if (code === '22021')
    return new Problem('invalid_text', 400, 'A text in the request holds a character that cannot be stored (NUL). Nothing was changed.');
  if (code === '53100' || code === 'ENOSPC')
    return new Problem('disk_full', 503, 'There is no space left on the disk. Nothing was acknowledged; what was stored before is safe.');
  return new Problem('internal', 500, 'Something went wrong on our side. What was acknowledged before is safe; try again.');
}

/** PostgreSQL's classes 08 and 57, and sockets that were refused or cut. */
function storeIsDown(code: string): boolean {
  return /^(08|57P)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code);
}
