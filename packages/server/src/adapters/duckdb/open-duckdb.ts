import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Openings that may end with the death of the process before the file is taken for broken. */
const deathsAllowed = 2;

/**
 * Opens the file, or an empty one in its place when it cannot be read: the warehouse can be built again from the
 * log, so a broken file must not keep the server from starting. A file that another process holds is left alone.
 */
export async function openDuckdb(settings: DuckdbSettings): Promise<OpenedDuckdb> {
  const attempts = `${settings.path}.opening`;
  if (settings.damaged !== undefined) return await openEmpty(settings, { attempts, reason: settings.damaged });
  const deaths = existsSync(attempts) ? Number(readFileSync(attempts, 'utf8')) : 0;
  // Some files bring the whole process down while they are read, which nothing here can catch.
  if (deaths >= deathsAllowed) return await openEmpty(settings, { attempts, reason: `Reading it ended the process ${deaths} times.` });
  writeFileSync(attempts, String(deaths + 1));
  try {
    const opened = await open(settings);
    rmSync(attempts, { force: true });
    return { ...opened, setAside: null };
  } catch (error) {
    rmSync(attempts, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    if (/lock on file|permission denied|no space|no such file/i.test(reason)) throw error;
    return await openEmpty(settings, { attempts, reason });
  }
}

async function openEmpty(settings: DuckdbSettings, { attempts, reason }: { attempts: string; reason: string }): Promise<OpenedDuckdb> {
  const moved = setAside(settings.path);
  rmSync(attempts, { force: true });
  const sentence = `The analytics file could not be read and was moved to ${moved}; it is built again from the event log. ${firstLine(reason)}`;
  return { ...(await open(settings)), setAside: sentence };
}

async function open(settings: DuckdbSettings): Promise<{ instance: DuckDBInstance; writer: DuckDBConnection }> {
  const instance = await DuckDBInstance.create(settings.path, {
    memory_limit: settings.memoryLimit,
    threads: String(settings.threads),
    temp_directory: spillFolder(settings),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    const writer = await instance.connect();
    await writer.run('set enable_external_access = false');
    // It reads the newest rows of a person twice, once to choose them and once to show them; see docs/decisions/0019.
    await writer.run("set global disabled_optimizers = 'late_materialization'");
    await writer.run('set lock_configuration = true');
    await prepareSchema(writer);
    // Now that the file is ours, so is what an earlier process spilled and could not remove.
    rmSync(spillFolder(settings), { recursive: true, force: true });
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

function spillFolder(settings: DuckdbSettings): string {
  return `${settings.path}.spill`;
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
