import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChdb, startChdb } from '@gangway/server/adapters/clickhouse/testing/start-chdb.ts';
import { findNatsServer, startNatsServer } from '@gangway/server/adapters/nats/testing/start-nats-server.ts';
import { startEmbeddedPostgres } from '@gangway/server/adapters/postgres/embedded/embedded-postgres.ts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tellStory } from './story.ts';
import { chromiumPath, openBrowser } from './support/browser.ts';
import { type ServerProcess, startServerProcess } from './support/server-process.ts';

describe.skipIf(chromiumPath === undefined)('one event moves both lanes', () => {
  let browser: Browser;
  const undo: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const folder = async () => {
    const path = await mkdtemp(join(tmpdir(), 'gangway-story-'));
    // Reachable for the user as whom PostgreSQL runs.
    await chmod(path, 0o755);
    undo.push(() => rm(path, { recursive: true, force: true }));
    return path;
  };
  const start = async (path: string, environment: Readonly<Record<string, string>>): Promise<ServerProcess> => {
    const server = await startServerProcess(path, environment);
    undo.push(server.stop);
    return server;
  };

  test('embedded: from an empty folder, every effect within a second of its event', async () => {
    const server = await start(await folder(), {});
    const { effects, complaints } = await tellStory(browser, server);
    console.log(`effects after the event, ms: ${JSON.stringify(effects)}`);
    expect(complaints).toEqual([]);
    expect(server.errors()).toBe('');
    for (const [effect, milliseconds] of Object.entries(effects)) expect(milliseconds, effect).toBeLessThan(1000);
    expect(await server.stop()).toBe(0);
  });

  const engine = findChdb();
  const warehouseName = engine ? 'ClickHouse' : 'DuckDB (for ClickHouse: node scripts/install-test-tool.mjs chdb)';
  test.skipIf(findNatsServer() === undefined)(
    `distributed: PostgreSQL by URL, the log on NATS JetStream, the warehouse on ${warehouseName}`,
    async () => {
      const postgres = await startEmbeddedPostgres({ dataFolder: await folder() });
      undo.push(postgres.stop);
      const nats = await startNatsServer(findNatsServer() ?? '');
      undo.push(() => nats.stop());
      const clickhouse = engine ? await startChdb(engine) : undefined;
      if (clickhouse) undo.push(() => clickhouse.stop());
      const data = await folder();
      const addresses = { DATABASE_URL: postgres.url, NATS_URL: nats.address, ...(clickhouse && { CLICKHOUSE_URL: clickhouse.url }) };
      const server = await start(data, addresses);
      const { effects, complaints } = await tellStory(browser, server);
      console.log(`effects after the event, ms: ${JSON.stringify(effects)}`);
      expect(complaints).toEqual([]);
      expect(existsSync(join(data, 'warehouse'))).toBe(clickhouse === undefined);
      expect(await server.stop()).toBe(0);
    },
  );
});
