import type { Services } from '../../../ports/http/route.ts';
import { partName } from './read-rows.ts';
import { type ImportRow, imports } from './tables.ts';

/**
 * Removes the file of an import that has ended and notes that it is gone. Called after the end was committed: a
 * process that dies in between leaves the parts noted, and {@link removeLeftFiles} finds them.
 */
export async function removeFile({ db, files }: Pick<Services, 'db' | 'files'>, row: ImportRow): Promise<void> {
  for (let part = 0; part < row.parts; part++) await files.remove(partName(row, part));
  await db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock([`import:${row.id}`]);
    const known = await tx.get(imports, [row]);
    await tx.put(
      imports,
      known.map((each) => ({ ...each, parts: 0 })),
    );
  });
}

/** Files of imports that have ended, where the process died before it had removed them. */
export async function removeLeftFiles(services: Pick<Services, 'db' | 'files'>): Promise<void> {
  const ended = await services.db.transaction({ as: 'system' }, async (tx) => {
    const list = (state: ImportRow['state']) => tx.list(imports, { where: { state }, range: { column: 'parts', from: 1 } });
    return [...(await list('done')), ...(await list('failed')), ...(await list('cancelled'))];
  });
  for (const row of ended) await removeFile(services, row);
}
