import { longestId } from '../../../kernel/event.ts';
import { Problem } from '../../../kernel/problem.ts';
import { readHeading, readTable } from '../../imports/server/reader.ts';
import type { UserIdsAnswer } from '../contract.ts';

/** What exports of other tools call it, without marks and capitals. */
const usualNames = ['userid', 'id', 'externalid', 'distinctid', 'user'];

/**
 * The user ids in a column of a CSV: of the one that is asked for, else the one that is called like user ids, else
 * the only one. What stands over an only column with another name may be an id itself, and is taken along.
 * @throws {Problem} `no_table` for bytes that are no CSV, `no_column` when the table has none such
 */
export async function readUserIds(bytes: Uint8Array, asked: string | undefined): Promise<UserIdsAnswer> {
  const { columns, separator } = await readHeading(bytes);
  if (columns.length === 0 || !isText(bytes))
    throw new Problem('no_table', 400, 'This is no CSV file with a heading. Nobody was moved. Save it as CSV (UTF-8) and try again.');
  if (asked !== undefined && !columns.includes(asked)) throw new Problem('no_column', 400, `The file has no column “${asked}”.`);
  const only = columns.length === 1 ? columns[0] : undefined;
  const column = asked ?? columns.find(isUsual) ?? only;
  if (column === undefined) return { columns: [...columns], column: null, ids: [] };
  const ids = new Set(asked === undefined && column === only && !isUsual(column) ? [column] : []);
  try {
    for await (const { record } of readTable(once(bytes), separator)) {
      const id = (record[column] ?? '').trim();
      if (id !== '' && id.length <= longestId) ids.add(id);
    }
  } catch {
    throw new Problem(
      'no_table',
      400,
      'The file stops being a CSV somewhere, perhaps at a quote. Nobody was moved. Mend it and try again.',
    );
  }
  return { columns: [...columns], column, ids: [...ids] };
}

function isUsual(column: string): boolean {
  return usualNames.includes(column.toLowerCase().replace(/[^a-z]/g, ''));
}

/** A spreadsheet's own format, a picture and the like have bytes that no text has. */
function isText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 4096).includes(0);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
