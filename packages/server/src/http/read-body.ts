import type { IncomingMessage } from 'node:http';
import { createGunzip, createInflate } from 'node:zlib';
import { Problem } from '@gangway/product/kernel/problem.ts';

/** Caps while the body streams: of what travels, and of what it expands to. */
export interface BodyLimits {
  readonly bytes: number;
}

/**
 * Reads a body as text, expanding one layer of gzip or deflate. Refuses early: too large, not what it claims to
 * be, cut off. Errors are 400 rather than 413, because Segment's clients treat both alike and 400 is documented.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const stream = encoding === 'identity' ? request : request.pipe(decoder(encoding));
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw tooLarge(limits);
  let [travelled, expanded] = [0, 0];
  const chunks: Buffer[] = [];
  const guard = (chunk: Buffer) => {
    travelled += chunk.length;
    if (travelled > limits.bytes) stream.destroy(tooLarge(limits));
  };
  if (stream !== request) request.on('data', guard);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      expanded += chunk.length;
      if (expanded > limits.bytes) throw tooLarge(limits);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('invalid_encoding', 400, `The body is not valid ${encoding}. Nothing of it was kept; send it again.`);
  }
  return decode(Buffer.concat(chunks));
}

function decoder(encoding: string) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  throw new Problem('unsupported_encoding', 415, `Content-Encoding “${encoding}” is not understood; use gzip or none.`);
}

function tooLarge({ bytes }: BodyLimits): Problem {
  return new Problem(
    'too_large',
    400,
    `A request may have ${bytes} bytes, also after unpacking. Nothing of it was kept; send smaller batches.`,
  );
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('invalid_utf8', 400, 'The body is not valid UTF-8. Nothing of it was kept.');
  }
}
