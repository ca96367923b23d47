import type { IncomingMessage } from 'node:http';
import { type Gunzip, gunzip, type Inflate, inflate } from 'node:zlib';
import { Problem } from '@gangway/product/kernel/problem.ts';

/** Caps: of what travels, and of what it expands to. */
export interface BodyLimits {
  readonly bytes: number;
}

/**
 * Reads a body as text, expanding one layer of gzip or deflate. Refuses early: too large, not what it claims to
 * be, cut off. Errors are 400 rather than 413, because Segment's clients treat both alike and 400 is documented.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const expand = expanders.get(encoding);
  if (!expand) throw new Problem('unsupported_encoding', 415, `Content-Encoding “${encoding}” is not understood; use gzip or none.`);
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw tooLarge(limits);
  const travelled = await collect(request, limits);
  try {
    return decode(await expand(travelled, { maxOutputLength: limits.bytes }));
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limits);
    throw new Problem('invalid_encoding', 400, `The body is not valid ${encoding}. Nothing of it was kept; send it again.`);
  }
}

type Expand = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const unzip = whole(gunzip);
const expanders: ReadonlyMap<string, Expand> = new Map([
  ['identity', async (bytes) => bytes],
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['deflate', whole(inflate)],
]);

/** Refuses what lies behind the end of the packed bytes, which would be passed over in silence. */
function whole(unpack: typeof gunzip | typeof inflate): Expand {
  return (bytes, options) =>
    new Promise((resolve, reject) => {
      unpack(bytes, { ...options, info: true }, (error, result) => {
        if (error) return reject(error);
        // With `info` it is not the bytes alone, which its types do not say.
        const { buffer, engine } = result as unknown as { buffer: Buffer; engine: Gunzip | Inflate };
        if (engine.bytesWritten === bytes.length) resolve(buffer);
        else reject(new Error('something lies behind the packed bytes'));
      });
    });
}

/** What came over the line. A refused request is read to its end all the same, so that the refusal can be answered. */
function collect(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let [chunks, size]: [Buffer[], number] = [[], 0];
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits.bytes) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      reject(tooLarge(limits));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () =>
      reject(new Problem('cut_off', 400, 'The request ended in the middle. Nothing of it was kept; send it again.')),
    );
  });
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
