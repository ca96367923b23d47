import { assert, asyncProperty, uint8Array } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Files } from './files.ts';

/** The behaviour of every {@link Files}. `create` opens an empty store, `close` removes it. */
export function describeFilesContract(
  name: string,
  create: () => Promise<{ files: Files; reopen: () => Promise<Files>; close: () => Promise<void> }>,
): void {
  describe(`files: ${name}`, () => {
    let made: Awaited<ReturnType<typeof create>>;
    let files: Files;
    beforeAll(async () => {
      made = await create();
      files = made.files;
    });
    afterAll(() => made?.close());
    describeContent(
      () => files,
      () => made.reopen(),
    );
    describeChanges(() => files);
    describeNames(() => files);
  });
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function text(files: Files, at: string): Promise<string | undefined> {
  const found = await files.get(at);
  return found && new TextDecoder().decode(found);
}

function describeContent(files: () => Files, reopen: () => Promise<Files>): void {
  test('what is not there is undefined', async () => {
    expect(await files().get('nothing')).toBeUndefined();
    expect(await files().get('no/such/folder/nothing')).toBeUndefined();
    expect(await files().list('no/such/folder/')).toEqual([]);
  });

  test('bytes come back as they were, also after opening again', async () => {
    let number = 0;
    await assert(
      asyncProperty(uint8Array({ maxLength: 3000 }), async (given) => {
        const at = `bytes/b${number++}.bin`;
        await files().put(at, given);
        expect(Buffer.compare(Buffer.from((await files().get(at)) ?? []), Buffer.from(given))).toBe(0);
      }),
      { numRuns: 20 },
    );
    await files().put('kept/one.txt', bytes('kept'));
    expect(await text(await reopen(), 'kept/one.txt')).toBe('kept');
  });

  test('a large file', async () => {
    const large = new Uint8Array(5_000_000).map((_, index) => index % 251);
    await files().put('large.bin', large);
    expect(Buffer.compare(Buffer.from((await files().get('large.bin')) ?? []), Buffer.from(large))).toBe(0);
  });

  test('what was given may change afterwards, and what was got too', async () => {
    const given = bytes('before');
    await files().put('own.txt', given);
    given.fill(0);
    (await files().get('own.txt'))?.fill(0);
    expect(await text(files(), 'own.txt')).toBe('before');
  });

  test('put replaces', async () => {
    await files().put('replaced.txt', bytes('a longer first text'));
    await files().put('replaced.txt', bytes('second'));
    expect(await text(files(), 'replaced.txt')).toBe('second');
  });
}

function describeChanges(files: () => Files): void {
  test('a reader sees the old or the new, never a mixture', async () => {
    const sizes = [10, 200_000];
    const version = (number: number) => new Uint8Array(sizes[number % 2] ?? 0).fill(number);
    await files().put('atomic.bin', version(0));
    const writes = (async () => {
      for (let number = 1; number <= 20; number++) await files().put('atomic.bin', version(number));
    })();
    for (let read = 0; read < 40; read++) {
      const seen = (await files().get('atomic.bin')) ?? new Uint8Array();
      expect(sizes).toContain(seen.length);
      expect(new Set(seen).size).toBe(1);
    }
    await writes;
  });

  test('writes to one name at the same time leave one of them', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => files().put('race.txt', bytes(`writer ${index}`))));
    expect(await text(files(), 'race.txt')).toMatch(/^writer \d$/);
    expect(await files().list('race')).toEqual(['race.txt']);
  });

  test('list gives the names with the prefix, sorted, whatever the folder', async () => {
    for (const at of ['list/b.txt', 'list/a/z.txt', 'list/a.txt', 'list/B.txt', 'listing.txt', 'list/a/_-.0'])
      await files().put(at, bytes(at));
    expect(await files().list('list/')).toEqual(['list/B.txt', 'list/a.txt', 'list/a/_-.0', 'list/a/z.txt', 'list/b.txt']);
    expect(await files().list('list/a')).toEqual(['list/a.txt', 'list/a/_-.0', 'list/a/z.txt']);
    expect(await files().list('list')).toHaveLength(6);
    expect(await files().list('')).toEqual(expect.arrayContaining(['list/b.txt', 'listing.txt']));
  });

  test('remove, also of what is not there', async () => {
    await files().put('gone/a.txt', bytes('a'));
    await files().remove('gone/a.txt');
    await files().remove('gone/a.txt');
    expect(await files().get('gone/a.txt')).toBeUndefined();
    expect(await files().list('gone/')).toEqual([]);
  });
}

function describeNames(files: () => Files): void {
  test.each([
    '',
    '/',
    '/etc/passwd',
    '../up',
    'a/../../up',
    'a//b',
    '.hidden',
    'a/.',
    'a/',
    'with space',
    'nul\u0000',
    'back\\slash',
    'a:b',
    'é',
    'x'.repeat(201),
    `${'a/'.repeat(300)}a`,
  ])('a name that leads elsewhere is refused: %j', async (at) => {
    await expect(files().put(at, bytes('x'))).rejects.toThrow('not a file name');
    expect(await files().get(at)).toBeUndefined();
    await files().remove(at);
  });
}
