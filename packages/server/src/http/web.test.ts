import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ run: false });
});
afterAll(() => server.stop());

const get = (path: string, accept = 'text/html') => server.as(undefined).get(path, { accept });

describe('pages', () => {
  it.each(['/', '/sign-in', '/e/x/people/p_1', '/portal/', '/portal/open'])(
    '%s has a policy without unsafe words, and a nonce of its own',
    async (path) => {
      const [one, other] = [await get(path), await get(path)];
      const policy = one.headers.get('content-security-policy') ?? '';
      expect(one.status).toBe(200);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(one.text).toContain(`nonce="${nonce}"`);
      expect(other.headers.get('content-security-policy')).not.toBe(policy);
      expect([one.headers.get('cache-control'), one.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
    },
  );

  it('are the portal’s under /portal and the dashboard’s elsewhere', async () => {
    expect((await get('/portal/')).text).toContain('<title>Portal</title>');
    expect((await get('/anything')).text).toContain('<title>Dashboard</title>');
    expect((await get('/portal')).headers.get('location')).toBe('/portal/');
  });
});

describe('what is not there', () => {
  it.each(['/api/nothing', '/v1/nothing', '/sdk/chunks/nothing.js', '/assets/nothing.js'])(
    '%s is a problem, never a page',
    async (path) => {
      const { status, headers } = await get(path);
      expect([status, headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')]);
    },
  );

  it('is a problem for a program that asks for no page', async () => {
    expect((await get('/anything', 'application/json')).status).toBe(404);
  });

  it.each(['/assets/..%2f..%2fsdk%2fmanifest.json', '/assets/%2e%2e/dashboard/index.html', '/sdk/chunks/..%2fmanifest.json', '/assets/'])(
    '%s leads nowhere outside its folder',
    async (path) => {
      const { status, text } = await get(path, '*/*');
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(/surfaces|<title>/);
    },
  );
});

describe('files named by their content', () => {
  it('are kept by browsers for ever; surfaces are open to every page', async () => {
    const asset = await get('/assets/app-1.js', '*/*');
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    const chunk = await get('/sdk/chunks/tour-1.js', '*/*');
    expect([chunk.status, chunk.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  });
});

describe('operators', () => {
  it('hear that the process lives, and whether it is ready', async () => {
    expect((await get('/livez', '*/*')).body).toEqual({ alive: true });
    expect((await get('/readyz', '*/*')).body).toEqual({ ready: true, ingest: true, dashboard: true });
  });
});
