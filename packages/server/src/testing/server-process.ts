import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createBuiltFolders } from './built-folders.ts';

const checkout = resolve(import.meta.dirname, '..', '..', '..', '..');

/** A user without rights, as whom a server can be started when the tests run as root. */
export const nobody = { uid: 65_534, gid: 65_534 } as const;
export const isRoot = process.getuid?.() === 0;

/** The server as it is built for `npm start`, in a place of its own. */
export interface BuiltServer {
  /** An empty folder for data. */
  newFolder(): Promise<string>;
  start(options: StartOptions): ServerProcess;
  remove(): Promise<void>;
}

export interface StartOptions {
  readonly dataFolder: string;
  readonly port?: number;
  /** As whom; absent = as whom the tests run. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** What a start came to: the addresses, or the code with which it ended and what it said. */
export type Started =
  | { readonly running: true; readonly dashboard: string; readonly signIn: string; readonly within: number }
  | { readonly running: false; readonly code: number | null; readonly said: string };

/** One server in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it is ready, or has ended. */
  readonly started: Promise<Started>;
  /** Sends a signal and waits for the end. Resolves with the exit code and the milliseconds it took. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; took: number }>;
}

/** Bundles the server once, beside node_modules, so that its packages are found. */
export async function createBuiltServer(): Promise<BuiltServer> {
  const bundle = join(checkout, '.cache', `test-server-${process.pid}`);
  const script = `import(process.argv[1]).then(({ buildServer }) => buildServer(process.argv[2]))`;
  await promisify(execFile)(process.execPath, ['-e', script, join(checkout, 'scripts', 'build.mjs'), bundle]);
  const built = await createBuiltFolders();
  await chmod(built.root, 0o755);
  for (const part of ['web', 'sdk']) {
    await mkdir(join(built.root, 'packages', part), { recursive: true });
    await symlink(join(built.root, part), join(built.root, 'packages', part, 'dist'));
  }
  const folders: string[] = [];
  const children: ChildProcess[] = [];
  return {
    async newFolder() {
      const folder = await mkdtemp(join(tmpdir(), 'gangway-process-'));
      await chmod(folder, 0o755);
      folders.push(folder);
      return folder;
    },
    start(options) {
      const environment = { PATH: process.env.PATH, GANGWAY_ROOT: built.root, GANGWAY_DATA: options.dataFolder, DEMO: 'off' };
      const child = spawn(process.execPath, [join(bundle, 'main.mjs')], {
        env: { ...environment, PORT: String(options.port ?? 0) },
        cwd: built.root,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...options.user,
      });
      children.push(child);
      return watch(child);
    },
    async remove() {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await stopLeftovers(folders);
      for (const folder of [...folders, bundle]) await rm(folder, { recursive: true, force: true });
      await built.remove();
    },
  };
}

function watch(child: ChildProcess): ServerProcess {
  const began = Date.now();
  let [told, said] = ['', ''];
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const started = new Promise<Started>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (!told.includes('\n')) return;
      const line = JSON.parse(told.split('\n')[0] ?? '') as { dashboard: string; signIn: string };
      resolve({ ...line, running: true, within: Date.now() - began });
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    exited.then(([code]) => resolve({ running: false, code, said }));
  });
  return {
    pid: child.pid ?? 0,
    started,
    async end(signal) {
      const asked = Date.now();
      child.kill(signal);
      const [code] = await exited;
      return { code, took: Date.now() - asked };
    },
  };
}

/** The PostgreSQL of a data folder: its process and port, or undefined when none runs. */
export async function postgresOf(dataFolder: string): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid = '', , , port = ''] = text.split('\n');
  return pid !== '' && isAlive(Number(pid)) ? { pid: Number(pid), port: Number(port) } : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A test that failed half-way may leave a PostgreSQL behind, in a folder that is ours alone. */
async function stopLeftovers(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const left = await postgresOf(folder);
    if (left) process.kill(left.pid, 'SIGQUIT');
  }
}
