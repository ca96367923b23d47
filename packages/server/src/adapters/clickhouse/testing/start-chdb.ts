import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findTestTool } from '../../../testing/find-test-tool.ts';

export interface ChdbServer {
  readonly url: string;
  /** Ends the process at once, as a crash would; the files stay. */
  kill(): Promise<void>;
  /** Starts it again on the same files and port. */
  restart(): Promise<void>;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

/** Where `scripts/install-test-tool.mjs chdb` has put the engine, or undefined. */
export const findChdb = (): string | undefined => findTestTool('chdb');

/** ClickHouse's engine behind its HTTP interface on a free port of this machine, its files in a temporary folder. */
export async function startChdb(packages: string): Promise<ChdbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-chdb-'));
  let child: ChildProcess | undefined;
  let port = '0';
  const start = async () => {
    const program = fileURLToPath(new URL('./chdb-server.ts', import.meta.url));
    const started = spawn(process.execPath, ['--import', 'tsx', program, packages, join(folder, 'data'), port], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    const lines = createInterface({ input: started.stdout });
    const ended = once(started, 'exit').then(() => Promise.reject(new Error('the engine ended before it listened')));
    [port] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    ended.catch(() => undefined);
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await start();
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    kill,
    restart: start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
