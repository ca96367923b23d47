import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFilesContract } from '@gangway/product/ports/files/files.contract.ts';
import { afterEach, expect, test } from 'vitest';
import { openFolderFiles } from './folder-files.ts';

const temporary = () => mkdtempSync(join(tmpdir(), 'gangway-files-'));

describeFilesContract('folder', async () => {
  const folder = temporary();
  const open = () => openFolderFiles(join(folder, 'data', 'files'));
  return { files: await open(), reopen: open, close: async () => rmSync(folder, { recursive: true }) };
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test('what a crash left half written is removed on opening and never listed', async () => {
  const folder = temporary();
  folders.push(folder);
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', '.half'), 'half');
  writeFileSync(join(folder, 'a', 'whole.txt'), 'whole');
  const files = await openFolderFiles(folder);
  expect(existsSync(join(folder, 'a', '.half'))).toBe(false);
  expect(await files.list('')).toEqual(['a/whole.txt']);
});

test('67: a put that fails leaves the old file and nothing else', async () => {
  const folder = temporary();
  folders.push(folder);
  const files = await openFolderFiles(folder);
  await files.put('a/b.txt', new Uint8Array([1]));
  await expect(files.put('a/b.txt/c.txt', new Uint8Array([2]))).rejects.toThrow();
  await expect(files.put('a', new Uint8Array([2]))).rejects.toThrow();
  expect(await files.get('a')).toBeUndefined();
  expect(await files.get('a/b.txt/c.txt')).toBeUndefined();
  await files.remove('a');
  expect(await files.get('a/b.txt')).toEqual(new Uint8Array([1]));
  expect(readdirSync(folder)).toEqual(['a']);
});
