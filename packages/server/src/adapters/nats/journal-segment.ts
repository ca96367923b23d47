import { type FileHandle, open, readFile } from 'node:fs/promises';
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
  while (at + headerSize <= bytes.length) {
    const end = at + headerSize + bytes.readUInt32LE(at);
    if (end > bytes.length) break;
    const body = bytes.subarray(at + headerSize, end);
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) break;
    records.push(body.toString('utf8'));
    at = end;
  }
  return { records, whole: at };
}

/** Reads a segment and cuts off what a crash left half written. */
export async function readSegment(path: string): Promise<string[]> {
  const bytes = await readFile(path);
  const { records, whole } = decodeRecords(bytes);
  if (whole < bytes.length) {
    const file: FileHandle = await open(path, 'r+');
    try {
      await file.truncate(whole);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  return records;
}

/** A segment that grows. A write that fails half way is taken back, so that what follows it can be read. */
export class SegmentFile {
  readonly path: string;
  readonly #file: FileHandle;
  #size = 0;
  #torn = false;

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

  sync(): Promise<void> {
    return this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #takeBack(): Promise<void> {
    await this.#file.truncate(this.#size);
    this.#torn = false;
  }
}
