import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');

/** A server started as `npm start` does, in a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly dashboard: string;
  readonly portal: string;
  readonly demo: string | null;
  readonly signIn: string;
  /** What it wrote to standard error so far. */
  errors(): string;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
}

/** Starts a server on a folder and free ports; rejects with what it said when it ends before it is ready. */
export async function startServerProcess(dataFolder: string, environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const env = { ...process.env, PORT: '0', GANGWAY_DATA: dataFolder, GANGWAY_ROOT: root, ...environment };
  const child = spawn(process.execPath, [join(root, 'packages/server/dist/main.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const line = new Promise<string>((resolveLine, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('\n')) resolveLine(output.split('\n', 1)[0] ?? '');
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${errors}`)));
  });
  const addresses = JSON.parse(await line) as { dashboard: string; portal: string; demo: string | null; signIn: string };
  return {
    child,
    ...addresses,
    errors: () => errors,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

/** Opens the one-time link and gives the cookie of the owner's session. */
export async function signIn(server: Pick<ServerProcess, 'signIn' | 'dashboard'>): Promise<string> {
  const token = server.signIn.split('#')[1];
  const answer = await fetch(new URL('/api/sign-in/consume', server.dashboard), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0];
  if (!answer.ok || !cookie) throw new Error(`signing in answered ${answer.status}`);
  return cookie;
}
