import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

/** A page of a customer, on an origin of its own, with Segment's browser library in a bundle. */
export interface AnalyticsPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Bundles the unchanged library as a customer would and serves a page that has it as `AnalyticsBrowser`. */
export async function serveAnalyticsPage(): Promise<AnalyticsPage> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { AnalyticsBrowser } from '@segment/analytics-next'; globalThis.AnalyticsBrowser = AnalyticsBrowser;`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const wanted = request.url === '/bundle.js';
    response.writeHead(200, { 'content-type': wanted ? 'text/javascript' : 'text/html' });
    response.end(wanted ? script : '<!doctype html><title>Pricing</title><script src="/bundle.js"></script>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pricing`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
