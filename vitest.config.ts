import { defineConfig } from 'vitest/config';

/** What must come about by itself is waited for as long as a busy machine may take. */
const expect = { poll: { timeout: 15_000 } };

/**
 * Four sets: `pure` needs nothing but Node; `server` needs PostgreSQL (ships with npm) and, for NATS, nats-server;
 * `browser` and `e2e` need Chromium.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          exclude: ['packages/sdk/browser/**', 'packages/web/portal/browser/**', 'packages/web/dashboard/browser/**', '**/node_modules/**'],
          include: [
            'packages/product/src/{kernel,rules,pipeline,wire,page}/**/*.test.ts',
            'packages/product/src/features/*/*.test.ts',
            'packages/sdk/**/*.test.ts',
            'packages/web/**/*.test.ts',
            'packages/product/src/features/*/web/**/*.test.ts',
            'packages/product/src/features/*/sdk/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          // Generated cases take seconds, and many of them on a machine that does something else.
          testTimeout: 30_000,
          expect,
        },
      },
      {
        test: {
          name: 'server',
          include: [
            'packages/product/src/ports/**/*.test.ts',
            'packages/product/src/features/*/server/**/*.test.ts',
            'packages/server/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
          globalSetup: ['packages/server/src/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect,
        },
      },
      {
        test: {
          name: 'browser',
          include: [
            'packages/sdk/browser/**/*.test.ts',
            'packages/web/portal/browser/**/*.test.ts',
            'packages/web/dashboard/browser/**/*.test.ts',
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          expect,
        },
      },
      {
        test: { name: 'e2e', include: ['e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false, expect },
      },
    ],
  },
});
