import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import type { Tx } from '../../../ports/db/db.ts';
import type { Services } from '../../../ports/http/route.ts';
import type { ImportAnswer, ImportState } from '../contract.ts';
import { guessMapping, type Mapping, targets } from '../mapping.ts';
import { partName } from './read-rows.ts';
import { readHeading } from './reader.ts';
import { type ImportRow, importRejects, imports } from './tables.ts';

const shownRejects = 20;
/** Of the whole file. */
export const largestFile = 200 * 1024 ** 2;

/** An import as screens see it, with its first rejects. */
export async function toAnswer(tx: Tx, row: ImportRow): Promise<ImportAnswer> {
  const rejects = await tx.list(importRejects, {
    where: { import: row.id, ...scopeColumns(row) },
    orderBy: ['line'],
    limit: shownRejects,
  });
  const { id, name, kind, format, state, bytes, bytesRead, position, passed, rejected, error, createdAt, createdBy, finishedAt } = row;
  return {
    ...{ id, name, kind, format, state, bytes, bytesRead, passed, rejected, error, createdAt, createdBy, finishedAt },
    rows: position,
    columns: row.columns as string[],
    separator: row.separator,
    mapping: row.mapping as Record<string, string>,
    rejects: rejects.map(({ line, reason, path, message }) => ({ line, reason, path, message })),
  };
}

export async function requireImport(tx: Tx, scope: Scope, id: string): Promise<ImportRow> {
  const [row] = await tx.get(imports, [{ id, ...scopeColumns(scope) }]);
  if (!row) throw new Problem('not_found', 404, 'There is no such import.');
  return row;
}

/** Reads an import, changes it and answers it, while nobody else does. */
export async function changeImport(
  services: Services,
  input: { scope: Scope; id: string; change: (row: ImportRow, tx: Tx) => Promise<ImportRow> },
): Promise<ImportAnswer> {
  const { scope, id, change } = input;
  return services.db.transaction({ as: 'request', scope }, async (tx) => {
    await tx.lock([`import:${id}`]);
    const next = await change(await requireImport(tx, scope, id), tx);
    await tx.put(imports, [next]);
    return toAnswer(tx, next);
  });
}

/**
 * Puts the next bytes behind those that are there.
 * @throws {Problem} 409 when they do not begin where the file ends; `detail.bytes` says where that is
 */
export async function addPart(services: Services, input: { scope: Scope; id: string; offset: number; bytes: Uint8Array }) {
  const { scope, id, offset, bytes } = input;
  return changeImport(services, {
    scope,
    id,
    change: async (row) => {
      requireState(row, ['uploading']);
      if (offset !== row.bytes)
        throw new Problem('wrong_offset', 409, `The file has ${row.bytes} bytes so far; go on from there.`, { bytes: row.bytes });
      if (row.bytes + bytes.length > largestFile)
        throw new Problem('file_too_large', 400, 'A file may have 200 MB. Split it, and import the pieces one after the other.');
      await services.files.put(partName(row, row.parts), bytes);
      const grown = { ...row, bytes: row.bytes + bytes.length, parts: row.parts + 1 };
      if (row.parts > 0 || row.format !== 'csv') return grown;
      const { columns, separator } = await readHeading(bytes);
      return { ...grown, columns: [...columns], separator, mapping: { ...guessMapping(row.kind, columns) } };
    },
  });
}

/** Begins a dry run or the real one. */
export async function beginRun(
  services: Services,
  input: { scope: Scope; id: string; state: 'checking' | 'running'; mapping: Mapping | undefined; actor: string },
): Promise<ImportAnswer> {
  const { scope, id, state, mapping, actor } = input;
  return changeImport(services, {
    scope,
    id,
    change: async (row, tx) => {
      requireState(row, ['uploading', 'checked']);
      if (row.bytes === 0) throw new Problem('no_file', 400, 'The file is empty, or was not uploaded.');
      const chosen = mapping ?? (row.mapping as Mapping);
      if (row.format === 'csv') requireMapping(row, chosen);
      for (;;) {
        const old = await tx.list(importRejects, { where: { import: id, ...scopeColumns(scope) }, limit: 1_000 });
        if (old.length === 0) break;
        await tx.remove(importRejects, old);
      }
      if (state === 'running')
        await noteDeed(tx, {
          ...{ workspace: scope.workspace, id: services.id('au'), at: services.clock.now(), actor },
          ...{ action: 'import.started', object: `import:${id}` },
        });
      return {
        ...row,
        state,
        mapping: { ...chosen },
        position: 0,
        bytesRead: 0,
        passed: 0,
        rejected: 0,
        finishedAt: null,
        worker: null,
        leaseUntil: 0,
      };
    },
  });
}

function requireState(row: ImportRow, states: readonly ImportState[]): void {
  if (states.includes(row.state)) return;
  throw new Problem('wrong_state', 409, `This import is ${row.state}; this cannot be done now. Nothing was changed.`);
}

function requireMapping(row: ImportRow, mapping: Mapping): void {
  const used = Object.entries(mapping).filter(([, target]) => target !== '');
  const unknown = used.find(([column, target]) => !(row.columns as string[]).includes(column) || !targets[row.kind].includes(target));
  if (unknown) throw new Problem('invalid_mapping', 400, `“${unknown[0]}” cannot become “${unknown[1]}”.`);
  const single = used.map(([, target]) => target).filter((target) => target !== 'trait');
  const twice = single.find((target, index) => single.indexOf(target) !== index);
  if (twice) throw new Problem('invalid_mapping', 400, `Two columns are “${twice}”; choose one.`);
}
