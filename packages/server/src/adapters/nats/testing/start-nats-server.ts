import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface NatsServer {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** Ends the process at once, as a crash would; the files stay. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files. */
  restart(): Promise<void>;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

/** Where nats-server is, or undefined: it is no npm package and comes with the operating system. */
export function findNatsServer(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, 'nats-server')).find((path) => existsSync(path));
}

/** A server with JetStream on a free port of this machine, its files in a temporary folder. */
export async function startNatsServer(binary: string): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-nats-'));
  let port = '-1';
  let child: ChildProcess | undefined;
  const start = async () => {
    const args = ['-a', '127.0.0.1', '-p', port, '-js', '-sd', folder, '--ports_file_dir', folder];
    const started = spawn(binary, args, { stdio: 'ignore' });
    child = started;
    port = new URL(await portsFile(folder, started)).port;
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await start();
  return {
    get address() {
      return `127.0.0.1:${port}`;
    },
    kill,
    restart: start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address that the server writes into a file when it listens. */
async function portsFile(folder: string, child: ChildProcess): Promise<string> {
  const path = join(folder, `nats-server_${child.pid}.ports`);
  for (let attempt = 0; attempt < 400; attempt++) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}`);
    if (existsSync(path)) {
      const text = readFileSync(path, 'utf8');
      if (text.endsWith('}') || text.endsWith('}\n')) return String((JSON.parse(text) as { nats: string[] }).nats[0]);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('nats-server did not start within ten seconds');
}
