import { copyFile, type FileHandle, open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Length and CRC-32 of the text that follows, four bytes each, little-endian. */
const headerSize = 8;

/** One record as the bytes of a segment. */
export function encodeRecord(text: string): Buffer {
  const body = Buffer.from(text);
  const bytes = Buffer.alloc(headerSize + body.length);
  bytes.writeUInt32LE(body.length, 0);
  bytes.writeUInt32LE(crc32(body), 4);
  body.copy(bytes, headerSize);
  return bytes;
}

/** The records up to the first that is cut off or altered, and the length of what is whole. */
export function decodeRecords(bytes: Buffer): { readonly records: string[]; readonly whole: number } {
  const records: string[] = [];
  let at = 0;
  for (let record = recordAt(bytes, at); record; record = recordAt(bytes, at)) {
    records.push(record.text);
    at = record.end;
  }
  return { records, whole: at };
}

function recordAt(bytes: Buffer, at: number): { readonly text: string; readonly end: number } | undefined {
  if (at + headerSize > bytes.length) return undefined;
  const end = at + headerSize + bytes.readUInt32LE(at);
  if (end > bytes.length) return undefined;
  const body = bytes.subarray(at + headerSize, end);
  return crc32(body) === bytes.readUInt32LE(at + 4) ? { text: body.toString('utf8'), end } : undefined;
}

/** What a segment holds, and what of it could not be read. */
export interface SegmentContent {
  readonly records: readonly string[];
  /** Bytes at the end that a crash left half written: they were never acknowledged. */
  readonly torn: number;
  /** Where the disk has altered what was whole once, and how many bytes are lost there. */
  readonly damaged: readonly { readonly at: number; readonly bytes: number }[];
}

/**
 * Reads on after a part that is altered, at the next byte where a whole record begins: one flipped bit must not
 * take everything behind it along. An empty record is not looked for; zeros would look like one.
 */
export function readRecords(bytes: Buffer): SegmentContent {
  const first = decodeRecords(bytes);
  const records = [...first.records];
  const damaged: { at: number; bytes: number }[] = [];
  let at = first.whole;
  while (at < bytes.length) {
    const next = nextRecord(bytes, at + 1);
    if (next === undefined) return { records, torn: bytes.length - at, damaged };
    damaged.push({ at, bytes: next - at });
    const rest = decodeRecords(bytes.subarray(next));
    records.push(...rest.records);
    at = next + rest.whole;
  }
  return { records, torn: 0, damaged };
}

function nextRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at + headerSize < bytes.length; at++) {
    if (bytes.readUInt32LE(at) > 0 && recordAt(bytes, at)) return at;
  }
  return undefined;
}

/**
 * Reads a segment. What a crash left half written is cut off; of a file that the disk has altered a copy is put
 * beside it, `….damaged`, before anything else happens to it. Both are told to the operator.
 */
export async function readSegment(path: string, report: (sentence: string) => void): Promise<readonly string[]> {
  const bytes = await readFile(path);
  const { records, torn, damaged } = readRecords(bytes);
  for (const { at, bytes: lost } of damaged) {
    report(`${path} is damaged: ${lost} bytes at ${at} cannot be read. A copy is kept as ${path}.damaged; the rest of the file was read.`);
  }
  if (damaged.length > 0) await copyFile(path, `${path}.damaged`);
  if (torn > 0) {
    report(`${path} ends in ${torn} bytes that a crash left half written. They were never acknowledged and are cut off.`);
    await cut(path, bytes.length - torn);
  }
  return records;
}

async function cut(path: string, length: number): Promise<void> {
  const file: FileHandle = await open(path, 'r+');
  try {
    await file.truncate(length);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A segment that grows. A write that fails half way is taken back, so that what follows it can be read. */
export class SegmentFile {
  readonly path: string;
  readonly #file: FileHandle;
  #size = 0;
  #torn = false;
  #lost: Error | undefined;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** The file must not exist. */
  static async create(path: string): Promise<SegmentFile> {
    return new SegmentFile(path, await open(path, 'ax', 0o600));
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  async append(texts: readonly string[]): Promise<void> {
    if (this.#lost) throw this.#lost;
    if (this.#torn) await this.#takeBack();
    const bytes = Buffer.concat(texts.map(encodeRecord));
    this.#torn = true;
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      await this.#takeBack().catch(() => undefined);
      throw error;
    }
    this.#size += bytes.length;
    this.#torn = false;
  }

  /**
   * On disk when this resolves. A disk that failed once may have thrown the pages away and say “done” the next
   * time, so after a failure the file takes nothing more.
   */
  async sync(): Promise<void> {
    if (this.#lost) throw this.#lost;
    try {
      await this.#file.datasync();
    } catch (error) {
      this.#lost = new LostDisk(this.path, error);
      throw this.#lost;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #takeBack(): Promise<void> {
    await this.#file.truncate(this.#size);
    this.#torn = false;
  }
}

/** The disk did not confirm a write. The process should end: only a new one reads what is really there. */
export class LostDisk extends Error {
  override readonly name = 'LostDisk';

  constructor(path: string, cause: unknown) {
    super(`The disk did not confirm a write to ${path} (${cause instanceof Error ? cause.message : String(cause)}).`, { cause });
  }
}
