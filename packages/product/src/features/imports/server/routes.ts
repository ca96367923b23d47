import { csvLine, csvMark } from '../../../kernel/csv-line.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { Download, emailOf, type Route, route, type Services } from '../../../ports/http/route.ts';
import { createImportRequest, type ImportReject, importAnswer, importPartQuery, importsAnswer, runImportRequest } from '../contract.ts';
import { addPart, beginRun, changeImport, requireImport, toAnswer } from './import-store.ts';
import { removeFile } from './remove-file.ts';
import { type ImportRow, imports } from './tables.ts';

const base = '/api/e/:environment/imports';
/** One part of a file: small enough to be read within the time of one request. */
const partBytes = 8 * 1024 ** 2;
const ended = ['done', 'cancelled', 'failed'];

/**
 * Files of people, accounts and past events.
 * @param wake tells the runner that there is work
 */
export function importRoutes(wake: () => void): Route[] {
  return [listRoute, createRoute, oneRoute, partRoute, rejectsRoute, runRoute('check', wake), runRoute('start', wake), cancelRoute];
}

const listRoute = route({
  method: 'GET',
  path: base,
  access: 'owner',
  answer: importsAnswer,
  handle: ({ scope }, { db }) =>
    db.transaction({ as: 'request', scope }, async (tx) => {
      const rows = await tx.list(imports, { where: scopeColumns(scope), orderBy: ['createdAt'], descending: true, limit: 50 });
      const answers = [];
      for (const row of rows) answers.push(await toAnswer(tx, row));
      return { imports: answers };
    }),
});

const createRoute = route({
  method: 'POST',
  path: base,
  access: 'owner',
  body: createImportRequest,
  answer: importAnswer,
  handle: ({ scope, body, caller }, { db, id, clock }) =>
    db.transaction({ as: 'request', scope }, async (tx) => {
      const row = {
        ...scopeColumns(scope),
        ...body,
        ...{ id: id('im'), state: 'uploading' as const, columns: [], separator: null, mapping: {}, error: null },
        ...{ bytes: 0, parts: 0, position: 0, bytesRead: 0, passed: 0, rejected: 0, worker: null, leaseUntil: 0, finishedAt: null },
        createdAt: clock.now(),
        createdBy: emailOf(caller),
      };
      await tx.put(imports, [row]);
      return toAnswer(tx, row);
    }),
});

const oneRoute = route({
  method: 'GET',
  path: `${base}/:id`,
  access: 'owner',
  answer: importAnswer,
  handle: ({ scope, params }, { db }) =>
    db.transaction({ as: 'request', scope }, async (tx) => toAnswer(tx, await requireImport(tx, scope, params.id ?? ''))),
});

const partRoute = route({
  method: 'POST',
  path: `${base}/:id/parts`,
  access: 'owner',
  upload: { bytes: partBytes },
  query: importPartQuery,
  answer: importAnswer,
  handle: (
    { scope, params, query, body }: { scope: Scope; params: Readonly<Record<string, string>>; query: { offset: number }; body: unknown },
    services,
  ) => {
    requireSpace(services);
    if (!(body instanceof Uint8Array) || body.length === 0) throw new Problem('no_bytes', 400, 'A part of a file has at least one byte.');
    return addPart(services, { scope, id: params.id ?? '', offset: query.offset, bytes: body });
  },
});

/** @throws {Problem} 503 when the disk runs short: an import can wait, events cannot */
function requireSpace({ space }: Services): void {
  if (space() === 'ample') return;
  throw new Problem(
    'low_space',
    503,
    'The disk of the server runs short, so imports wait. What was uploaded is kept; make room and go on.',
    { retryAfter: 60 },
  );
}

const rejectsRoute = route({
  method: 'GET',
  path: `${base}/:id/rejects`,
  access: 'owner',
  handle: async ({ scope, params }, services): Promise<Download | undefined> => {
    const id = params.id ?? '';
    await services.db.transaction({ as: 'request', scope }, (tx) => requireImport(tx, scope, id));
    return new Download({ name: `${id}-rejects.csv`, type: 'text/csv; charset=utf-8', pieces: rejectLines(services, scope, id) });
  },
});

async function* rejectLines({ sql }: Services, scope: Scope, id: string): AsyncGenerator<string> {
  yield csvMark + csvLine(['line', 'reason', 'path', 'message']);
  for (let after = 0; ; ) {
    const rows = await sql.read<Omit<ImportReject, 'line'> & { line: string }>(
      scope,
      'select line, reason, path, message from import_rejects where workspace = $1 and environment = $2 and import = $3 and line > $4 order by line limit 500',
      [scope.workspace, scope.environment, id, after],
    );
    for (const { line, reason, path, message } of rows) yield csvLine([Number(line), reason, path, message]);
    if (rows.length < 500) return;
    after = Number(rows.at(-1)?.line);
  }
}

function runRoute(name: 'check' | 'start', wake: () => void): Route {
  return route({
    method: 'POST',
    path: `${base}/:id/${name}`,
    access: 'owner',
    body: runImportRequest,
    answer: importAnswer,
    handle: async ({ scope, params, body, caller }, services) => {
      requireSpace(services);
      const state = name === 'check' ? 'checking' : 'running';
      const answer = await beginRun(services, { scope, id: params.id ?? '', state, mapping: body.mapping, actor: emailOf(caller) });
      wake();
      return answer;
    },
  });
}

const cancelRoute = route({
  method: 'POST',
  path: `${base}/:id/cancel`,
  access: 'owner',
  answer: importAnswer,
  handle: async ({ scope, params }, services) => {
    let cancelled: ImportRow | undefined;
    const answer = await changeImport(services, {
      scope,
      id: params.id ?? '',
      change: async (row) => {
        // A transaction that is tried again finds what happened in between, maybe the end.
        cancelled = undefined;
        if (ended.includes(row.state)) return row;
        cancelled = { ...row, state: 'cancelled', worker: null, finishedAt: services.clock.now() };
        return cancelled;
      },
    });
    if (cancelled) await removeFile(services, cancelled);
    return answer;
  },
});
