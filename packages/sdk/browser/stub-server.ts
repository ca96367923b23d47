import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Json } from '@gangway/product/kernel/json.ts';
import type { Bundle, BundleContent, LoaderConfig, Manifest, ManifestEntry } from '@gangway/product/kernel/manifest.ts';
import { always } from '@gangway/product/rules/rule.ts';

export interface SentEvent {
  readonly type: string;
  readonly event?: string;
  readonly messageId: string;
  readonly anonymousId?: string;
  readonly userId?: string;
  readonly timestamp: string;
  readonly properties: Record<string, Json>;
}

/** What the stub says of one person. */
interface Person {
  entries: ManifestEntry[];
  liveEvents: string[];
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
}

/** A small server that speaks the SDK's side of the protocol, with signed manifests, and remembers what it was told. */
export class StubServer {
  readonly requests: { method: string; path: string; size: number; at: number }[] = [];
  readonly batches: SentEvent[][] = [];
  /** Pages by path: whole HTML documents. */
  readonly pages = new Map<string, string>();
  /** Response headers of pages. */
  pageHeaders: Record<string, string> = {};
  contents: BundleContent[] = [];
  theme = { accent: '#0d7d74', onAccent: '#ffffff', radius: 10 };
  /** Milliseconds before manifest, bundle and stream answer. */
  delay = 0;
  /** When set, event batches are answered so. */
  refuse: Answer | undefined;
  tamper = false;
  environment = 'env_1';
  origin = '';
  private readonly people = new Map<string, Person>();
  private readonly streams = new Map<ServerResponse, string>();
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private clock = Date.now();
  private readonly dist: string;
  private readonly surfaces: Readonly<Record<string, string>>;

  constructor(dist: string, surfaces: Readonly<Record<string, string>>) {
    this.dist = dist;
    this.surfaces = surfaces;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Publishes contents and offers them to everybody who is not named. */
  publish(...contents: BundleContent[]): void {
    this.contents = contents;
    this.offer(
      '*',
      contents.map((content) => this.entry(content)),
    );
  }

  entry(content: BundleContent, more: Partial<ManifestEntry> = {}): ManifestEntry {
    const empty = content.kind === 'checklist' ? { ticked: [], completed: false, dismissed: false } : {};
    return { id: content.id, version: content.version, show: always, state: empty, ...more };
  }

  /** Changes what a person (`*` = all others) may see, and tells open streams. */
  offer(person: string, entries: ManifestEntry[], liveEvents: string[] = []): void {
    this.people.set(person, { entries, liveEvents });
    for (const [response, who] of this.streams) if (who === person || person === '*') response.write(`${this.signed(who)}\n`);
  }

  get events(): SentEvent[] {
    return this.batches.flat();
  }

  /** Events of a name, each message once. */
  named(name: string): SentEvent[] {
    const once = new Map(this.events.map((event) => [event.messageId, event]));
    return [...once.values()].filter((event) => event.event === name);
  }

  calls(path: string): number {
    return this.requests.filter((request) => request.path.startsWith(path)).length;
  }

  get openStreams(): number {
    return this.streams.size;
  }

  get config(): LoaderConfig {
    return {
      writeKey: 'wk_1',
      environment: this.environment,
      host: this.origin,
      bundle: this.bundleHash,
      publicKey: this.keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      surfaces: Object.fromEntries(Object.entries(this.surfaces).map(([name, path]) => [name, `${this.origin}/sdk/${path}`])),
    };
  }

  private get bundle(): Bundle {
    return { format: 1, environment: this.environment, theme: this.theme, contents: this.contents };
  }

  private get bundleHash(): string {
    return createHash('sha256').update(JSON.stringify(this.bundle)).digest('hex').slice(0, 32);
  }

  private signed(who: string): string {
    this.clock = Math.max(Date.now(), this.clock + 1);
    const person = this.people.get(who) ?? this.people.get('*') ?? { entries: [], liveEvents: [] };
    const content: Manifest = {
      format: 1,
      environment: this.environment,
      person: `p-${who}`,
      bundle: this.bundleHash,
      serverTime: this.clock,
      ...person,
    };
    const manifest = JSON.stringify(content);
    const signature = createSign('SHA256')
      .update(manifest)
      .sign({ key: this.keys.privateKey, dsaEncoding: 'ieee-p1363' })
      .toString('base64url');
    return JSON.stringify({ manifest: this.tamper ? manifest.replace('"format":1', '"format":1 ') : manifest, signature });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const body = await bodyOf(request);
    this.requests.push({ method: request.method ?? '', path, size: Buffer.byteLength(body), at: Date.now() });
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'retry-after');
    if (path.startsWith('/v1/') && path !== '/v1/batch') await new Promise((resolve) => setTimeout(resolve, this.delay));
    if (path === '/v1/batch') return this.takeBatch(body, response);
    if (path === '/v1/stream') return this.openStream(body, response);
    if (path === '/v1/manifest') return send(response, 'application/json', this.signed(whoOf(body)));
    if (path.startsWith('/v1/bundle/')) return send(response, 'application/json', JSON.stringify(this.bundle));
    if (path === '/sdk/wk_1.json') return send(response, 'application/json', JSON.stringify(this.config));
    if (path === '/sdk/wk_1.js') return this.sendFile('shell.js', response, `globalThis.__gangway_config=${JSON.stringify(this.config)};`);
    if (path.startsWith('/sdk/')) {
      response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      return this.sendFile(path.slice('/sdk/'.length), response);
    }
    for (const [name, value] of Object.entries(this.pageHeaders)) response.setHeader(name, value);
    const page = this.pages.get(path);
    if (page !== undefined)
      return send(
        response,
        path.endsWith('.css') ? 'text/css' : path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
        page,
      );
    response.writeHead(404).end();
  }

  private takeBatch(body: string, response: ServerResponse): void {
    if (this.refuse) {
      response.writeHead(this.refuse.status, this.refuse.headers).end('{}');
      return;
    }
    const { batch } = JSON.parse(body) as { batch: SentEvent[] };
    this.batches.push(batch);
    send(response, 'application/json', '{"success":true,"verdicts":[]}');
  }

  private openStream(body: string, response: ServerResponse): void {
    const who = whoOf(body);
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write(`${this.signed(who)}\n`);
    this.streams.set(response, who);
    response.on('close', () => this.streams.delete(response));
  }

  private async sendFile(path: string, response: ServerResponse, before = ''): Promise<void> {
    send(response, 'text/javascript', before + (await readFile(join(this.dist, path), 'utf8')));
  }
}

function send(response: ServerResponse, type: string, body: string): void {
  response.setHeader('content-type', type);
  response.end(body);
}

function whoOf(body: string): string {
  return (JSON.parse(body) as { userId?: string }).userId ?? 'anonymous';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
