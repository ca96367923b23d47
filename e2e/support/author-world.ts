import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { dashboardVisitor, type Visitor } from './dashboard-visitor.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** A server of its own, and somebody who is signed in to it. There from `beforeAll` on. */
export interface AuthorWorld {
  readonly server: ServerProcess;
  readonly author: Visitor;
}

/**
 * One world for all tests of the block that asks for it. After each test its pages are closed, and none of them may
 * have thrown anything.
 */
export function authorWorld(): AuthorWorld {
  let [folder, server, author]: [string?, ServerProcess?, Visitor?] = [];
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the world is there once the tests run');
    return part;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gangway-authoring-'));
    server = await startServerProcess(folder);
    author = await dashboardVisitor(server);
  });
  afterEach(async () => {
    const { browser, errors } = there(author);
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await author?.browser.close();
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  return {
    get server() {
      return there(server);
    },
    get author() {
      return there(author);
    },
  };
}
