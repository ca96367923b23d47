import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSdk } from '../../scripts/build-sdk.mjs';

let outdir: string;
let parts: Record<string, string>;

beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'gangway-size-'));
  parts = (await buildSdk({ outdir })).parts;
});
afterAll(() => rm(outdir, { recursive: true }));

const brotli = (name: string) => brotliCompressSync(parts[name] ?? '').length;

test('the shell is at most 8 KiB, the shell with the tour at most 18 KiB (brotli)', () => {
  expect(brotli('shell')).toBeLessThanOrEqual(8192);
  expect(brotli('shell') + brotli('tour')).toBeLessThanOrEqual(18_432);
});

test('nothing in the page parses markup or evaluates text, and no framework got in', () => {
  for (const [name, text] of Object.entries(parts)) {
    for (const word of [
      'innerHTML',
      'outerHTML',
      'insertAdjacentHTML',
      'document.write',
      'eval(',
      'new Function',
      'zod',
      'RE2JS',
      'formatToParts',
      'react',
      'preact',
      'setAttribute("style"',
    ]) {
      expect(text.includes(word), `${word} in ${name}`).toBe(false);
    }
  }
});
