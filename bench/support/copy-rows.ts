import type pg from 'pg';

/** The part of the driver that speaks COPY; it is there, but its types do not say so. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/**
 * Rows by COPY, in its text format, in a transaction of their own.
 *
 * @param into a table, with the columns in their order in parentheses
 */
export function copyRows(client: pg.Client, into: string, rows: Buffer): Promise<void> {
  const { connection } = client as unknown as { connection: CopyConnection };
  return new Promise((resolve, reject) => {
    class Copy {
      submit(): void {
        connection.query(`copy ${into} from stdin`);
      }
      handleCopyInResponse(): void {
        connection.sendCopyFromChunk(rows);
        connection.endCopyFrom();
      }
      handleCommandComplete(): void {}
      handleReadyForQuery(): void {
        resolve();
      }
      handleError(error: Error): void {
        reject(error);
      }
    }
    client.query(new Copy() as unknown as pg.Submittable);
  });
}

/** A line of COPY's text format; what is null is absent. */
export function copyLine(values: readonly (string | number | null)[]): string {
  const cells = values.map((value) =>
    value === null ? '\\N' : String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n'),
  );
  return `${cells.join('\t')}\n`;
}
