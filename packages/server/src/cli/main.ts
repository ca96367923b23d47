import { join, resolve } from 'node:path';
import { isProblem } from '@gangway/product/kernel/problem.ts';
import pino from 'pino';
import type { PresetOptions } from '../presets/preset.ts';
import { replayCommand } from './replay-command.ts';
import { startServer } from './start-server.ts';

/** `GANGWAY_ROOT` is set by the start script; the bundle lies two folders below the checkout's packages. */
const root = resolve(process.env.GANGWAY_ROOT ?? join(import.meta.dirname, '..', '..', '..'));
const stopWithin = 9_500;

/** Starts the server as the environment says, tells the addresses, and stops in order on a signal. */
async function main(): Promise<void> {
  const terminal = process.stdout.isTTY === true;
  const logger = pino(
    { level: process.env.LOG_LEVEL ?? 'warn', serializers: { err: plainError } },
    pino.destination({ fd: 2, sync: true }),
  );
  const progress = (text: string) => {
    if (terminal) console.log(`  ${text}`);
  };
  const preset: PresetOptions = {
    dataFolder: resolve(process.env.GANGWAY_DATA ?? join(root, 'data')),
    environment: process.env,
    progress,
    report: (error, what) => logger.error({ err: error }, what),
    onLost: (reason) => {
      logger.fatal(reason);
      process.exit(1);
    },
  };
  if (process.argv[2] === 'replay') process.exit(await replayCommand(preset));
  const { PORT, HOST, DEMO, DEMO_PORT, PUBLIC_URL, GANGWAY_OWNER_EMAIL, GANGWAY_OWNER_NAME, GANGWAY_TIMEZONE } = process.env;
  const port = readPort('PORT', PORT ?? '4500');
  const demoPort = DEMO === 'off' ? undefined : readPort('DEMO_PORT', DEMO_PORT ?? (port === 0 ? '0' : '4600'));
  const server = await startServer({
    ...preset,
    root,
    port,
    host: HOST ?? '127.0.0.1',
    demoPort,
    owner: {
      email: GANGWAY_OWNER_EMAIL ?? 'owner@localhost',
      name: GANGWAY_OWNER_NAME ?? 'Owner',
      workspace: process.env.GANGWAY_WORKSPACE ?? 'My workspace',
      timezone: GANGWAY_TIMEZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    logger,
    ...(PUBLIC_URL ? { publicUrl: PUBLIC_URL.replace(/\/$/, '') } : {}),
  });
  tell(server.addresses, terminal);
  stopOnSignal(server.stop, progress);
}

/** npm puts a shell between itself and us, which keeps a signal sent to npm to itself: we see only that the shell is gone. */
function whenParentEnds(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}

/** What an error says, without the objects that drivers hang on it. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: plainError(error.cause) };
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`${name} is “${text}”, but a port is a number from 0 to 65535.`);
  return port;
}

function tell(addresses: { dashboard: string; portal: string; demo: string | null; signIn: string }, terminal: boolean): void {
  if (!terminal) {
    process.stdout.write(`${JSON.stringify({ ready: true, ...addresses })}\n`);
    return;
  }
  console.log(`
  Gangway is running.

  Sign in      ${addresses.signIn}
               (once, within 30 minutes; a new link comes with every start)
  Dashboard    ${addresses.dashboard}
  Portal       ${addresses.portal}
  Demo app     ${addresses.demo ?? 'off'}

  Stop with Ctrl-C.
`);
}

/** The first signal stops in order; the second, or ten seconds, ends it at once. What was acknowledged is on disk either way. */
function stopOnSignal(stop: () => Promise<void>, progress: (text: string) => void): void {
  let stopping = false;
  const onSignal = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    progress('Stopping');
    setTimeout(() => process.exit(1), stopWithin).unref();
    await stop().catch((error: unknown) => console.error(error));
    process.exit(0);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // The terminal was closed.
  process.on('SIGHUP', onSignal);
  if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(onSignal);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

process.on('unhandledRejection', (reason) => {
  console.error(reason);
  process.exit(1);
});

main().catch((error: unknown) => {
  if (isProblem(error)) fail(error.message);
  console.error(error);
  process.exit(1);
});
