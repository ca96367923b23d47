// How much a page loads, brotli at quality 11. Prints one JSON line.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { buildSdk } from '../scripts/build-sdk.mjs';

const outdir = await mkdtemp(join(tmpdir(), 'gangway-sdk-size-'));
const { parts } = await buildSdk({ outdir });
await rm(outdir, { recursive: true });
const brotliBytes = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, brotliCompressSync(text).length]));
console.log(JSON.stringify({ name: 'sdk-size', brotliBytes, shellAndTour: brotliBytes.shell + brotliBytes.tour }));
