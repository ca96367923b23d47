import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventLogContract } from '@gangway/product/ports/event-log/event-log.contract.ts';
import { readWholeLog } from '@gangway/product/ports/event-log/read-whole-log.contract.ts';
import { sampleEntries, sampleEntry } from '@gangway/product/ports/event-log/sample-entry.contract.ts';
import { describeSignalContract } from '@gangway/product/ports/signal/signal.contract.ts';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectNats } from './connect-nats.ts';
import { type NatsEventLogOptions, openNatsEventLog } from './nats-event-log.ts';
import { createNatsSignal } from './nats-signal.ts';
import { findNatsServer, type NatsServer, startNatsServer } from './testing/start-nats-server.ts';

const binary = findNatsServer();
const clock = { now: () => 1_700_000_000_000 };
const megabytes = 1024 ** 2;

if (!binary) {
  test.skip('NATS is not tested: nats-server is not on this machine', () => undefined);
} else {
  describe('with nats-server', () => {
    let server: NatsServer;
    let connection: NatsConnection;
    beforeAll(async () => {
      server = await startNatsServer(binary);
      connection = await connectNats({ servers: [server.address] });
    });
    afterAll(async () => {
      await connection?.close();
      await server?.stop();
    });
    const place = () => {
      const folder = mkdtempSync(join(tmpdir(), 'gangway-journal-'));
      const stream = `log-${randomUUID()}`;
      const open = (part: Partial<NatsEventLogOptions> = {}) =>
        openNatsEventLog({ connection, clock, partitions: 1, stream, journal: folder, maximumBytes: 64 * megabytes, ...part });
      const close = async () => {
        await (await jetstreamManager(connection)).streams.delete(stream);
        rmSync(folder, { recursive: true });
      };
      return { folder, stream, open, close };
    };

    describeEventLogContract('NATS', async (options) => {
      const { open, close } = place();
      return { log: await open(options), reopen: () => open(options), close };
    });

    describeSignalContract('NATS', async () => {
      const second = await connectNats({ servers: [server.address] });
      const reported: unknown[] = [];
      const options = { prefix: `p-${randomUUID()}`, report: (error: unknown) => reported.push(error) };
      const here = createNatsSignal({ connection, ...options });
      const there = createNatsSignal({ connection: second, ...options });
      const close = async () => {
        await here.close();
        await there.close();
        await second.close();
      };
      return { here, there, reported, close };
    });

    test('two nodes on one log: one order, no instant goes back, nothing lost', async () => {
      const { open, close, folder } = place();
      const second = await connectNats({ servers: [server.address] });
      const ahead = { now: () => clock.now() + 5000 };
      const one = await open({ journal: join(folder, 'one') });
      const other = await open({ connection: second, clock: ahead, journal: join(folder, 'two') });
      const appends = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : other).append(sampleEntries(`n${index}`, 2)));
      await Promise.all(appends);
      const entries = (await readWholeLog(one)).flatMap((batch) => batch.entries);
      expect(new Set(entries.map((entry) => entry.id)).size).toBe(80);
      expect(entries).toHaveLength(80);
      expect(entries.every((entry, index) => entry.at >= (entries[index - 1]?.at ?? 0))).toBe(true);
      expect(await readWholeLog(other)).toEqual(await readWholeLog(one));
      await one.close();
      await other.close();
      await second.close();
      await close();
    });

    test('a message the stream has lost is published again from the journal, under its id; the others are not', async () => {
      const { open, close, stream } = place();
      const log = await open();
      for (const name of ['a', 'b', 'c']) await log.append(sampleEntries(name, 2));
      await log.close();
      // What a server loses that had not synced: the newest message.
      const manager = await jetstreamManager(connection);
      await manager.streams.update(stream, { duplicate_window: 100_000_000 });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await manager.streams.purge(stream, { keep: 2 });
      const again = await open();
      const ids = (await readWholeLog(again)).flatMap((batch) => batch.entries.map((entry) => entry.id));
      expect(ids).toEqual(['b-0', 'b-1', 'c-0', 'c-1', 'a-0', 'a-1']);
      await again.close();
      await close();
    });

    test('a node that is killed while it appends: all that it acknowledged is there, once, after it is back', async () => {
      const { open, close, stream, folder } = place();
      const script = join(import.meta.dirname, 'testing', 'append-until-killed.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', script, server.address, stream, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (lines: string) => {
        printed += lines;
        if (printed.length > 3000) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const log = await open();
      const ids = (await readWholeLog(log)).flatMap((batch) => batch.entries.map((entry) => entry.id));
      const acknowledged = printed.slice(0, printed.lastIndexOf('\n')).split('\n');
      expect(ids).toEqual(expect.arrayContaining(acknowledged));
      expect(new Set(ids).size).toBe(ids.length);
      await log.close();
      await close();
    });

    test('an entry that the server cannot take is refused, and hurts no other', async () => {
      const { open, close } = place();
      const log = await open();
      const large = sampleEntry({ id: 'large', properties: { text: 'x'.repeat(1_100_000) } });
      const outcomes = await Promise.allSettled([
        log.append(sampleEntries('a', 1)),
        log.append([large]),
        log.append(sampleEntries('b', 1)),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      await log.close();
      await close();
    });

    test('a full stream refuses and drops nothing; what was refused is not published later', async () => {
      const { open, close } = place();
      const log = await open({ maximumBytes: megabytes });
      const part = (id: string) => [sampleEntry({ id, properties: { text: 'x'.repeat(300_000) } })];
      for (const id of ['a', 'b', 'c']) await log.append(part(id));
      await expect(log.append(part('d'))).rejects.toThrow(/maximum bytes/);
      await log.close();
      const again = await open({ maximumBytes: megabytes });
      expect((await readWholeLog(again)).flatMap((batch) => batch.entries.map((entry) => entry.id))).toEqual(['a', 'b', 'c']);
      await again.close();
      await close();
    });

    test('another number of partitions is refused', async () => {
      const { open, close } = place();
      await (await open({ partitions: 2 })).close();
      await expect(open({ partitions: 3 })).rejects.toThrow('has 2 partitions, not 3');
      await close();
    });

    test('without proof of syncing a journal is required; with it, none is kept', async () => {
      const { stream, close, open } = place();
      await expect(openNatsEventLog({ connection, clock, partitions: 1, stream, maximumBytes: megabytes })).rejects.toThrow(
        'Name a journal folder',
      );
      const answers = [{ config: { sync_interval: 120_000_000_000 } }, { config: { sync_always: true } }, {}];
      const monitor = createServer((_, response) => response.end(JSON.stringify(answers.shift())));
      await new Promise<void>((resolve) => monitor.listen(0, '127.0.0.1', resolve));
      const monitoring = `http://127.0.0.1:${(monitor.address() as AddressInfo).port}`;
      const options = { connection, clock, partitions: 1, stream, maximumBytes: megabytes, monitoring };
      await expect(openNatsEventLog(options)).rejects.toThrow('Name a journal folder');
      const log = await openNatsEventLog(options);
      await log.append(sampleEntries('a', 1));
      await log.close();
      await expect(openNatsEventLog(options)).rejects.toThrow('Name a journal folder');
      monitor.close();
      await (await open()).close();
      await close();
    });
  });

  test('a server that is killed and comes back: appends wait, nothing is lost or doubled', async () => {
    const server = await startNatsServer(binary);
    const connection = await connectNats({ servers: [server.address] });
    const folder = mkdtempSync(join(tmpdir(), 'gangway-journal-'));
    const log = await openNatsEventLog({
      connection,
      clock,
      partitions: 2,
      journal: folder,
      maximumBytes: 64 * megabytes,
      patience: 30_000,
    });
    const appends: Promise<unknown>[] = [];
    for (let number = 0; number < 60; number++) {
      appends.push(log.append(sampleEntries(`k${number}`, 2, 4)));
      if (number === 20) await server.kill();
      if (number === 40) await server.restart();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await Promise.all(appends);
    const ids = (await readWholeLog(log)).flatMap((batch) => batch.entries.map((entry) => entry.id));
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
    await log.close();
    await connection.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });
}
