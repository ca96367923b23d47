import { existsSync, renameSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { DuckdbSettings } from './duckdb-messages.ts';
import { schemaStatements, schemaVersion } from './duckdb-schema.ts';

export interface OpenedDuckdb {
  readonly instance: DuckDBInstance;
  /** The connection that writes; queries use others. */
  readonly writer: DuckDBConnection;
  /** What was moved away because it could not be read, as a sentence; null when nothing was. */
  readonly setAside: string | null;
}

/**
 * Opens the file, or an empty one in its place when it cannot be read: the warehouse can be built again from the
 * log, so a broken file must not keep the server from starting. A file that another process holds is left alone.
 */
export async function openDuckdb(settings: DuckdbSettings): Promise<OpenedDuckdb> {
  try {
    return { ...(await open(settings)), setAside: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/lock on file|permission denied|no space|no such file/i.test(reason)) throw error;
    const moved = setAside(settings.path);
    const sentence = `The analytics file could not be read and was moved to ${moved}; it is built again from the event log. ${firstLine(reason)}`;
    return { ...(await open(settings)), setAside: sentence };
  }
}

async function open(settings: DuckdbSettings): Promise<{ instance: DuckDBInstance; writer: DuckDBConnection }> {
  const instance = await DuckDBInstance.create(settings.path, {
    memory_limit: settings.memoryLimit,
    threads: String(settings.threads),
    temp_directory: `${settings.path}.spill`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    const writer = await instance.connect();
    await writer.run('set enable_external_access = false');
    await writer.run('set lock_configuration = true');
    await prepareSchema(writer);
    return { instance, writer };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

async function prepareSchema(writer: DuckDBConnection): Promise<void> {
  const tables = await writer.runAndReadAll("select table_name from information_schema.tables where table_schema = 'main'");
  if (tables.getRows().length === 0) {
    await writer.run('begin');
    for (const statement of schemaStatements) await writer.run(statement);
    await writer.run('commit');
    return;
  }
  const versions = (await writer.runAndReadAll('select version from versions')).getRows();
  if (versions[0]?.[0] !== schemaVersion)
    throw new Error(`It has version ${String(versions[0]?.[0])}, this server writes ${schemaVersion}.`);
}

function setAside(path: string): string {
  let moved = `${path}.unreadable`;
  for (let number = 1; existsSync(moved); number++) moved = `${path}.unreadable-${number}`;
  for (const suffix of ['', '.wal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, moved + suffix);
  }
  return moved;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.slice(0, 300) ?? '';
}
