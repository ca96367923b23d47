import type { Entry } from '@gangway/product/kernel/entry.ts';
import type { AppendedAt } from '@gangway/product/ports/event-log/event-log.ts';
import { groupByPartition } from '@gangway/product/ports/event-log/partition.ts';
import { type CutMessage, cutMessages, type EntryText } from './cut-messages.ts';
import type { Journal } from './journal.ts';
import type { PartitionWriter } from './partition-writer.ts';

interface Append {
  readonly entries: readonly Entry[];
  readonly texts: ReadonlyMap<Entry, EntryText>;
  readonly positions: Map<number, number>;
  resolve(at: AppendedAt): void;
  reject(error: unknown): void;
}

/** Entries that share a flush at most, so that memory and messages stay bounded. */
const entriesAFlush = 5000;

/** One partition's part of a flush: its messages, and for each entry in them whose it is. */
interface Part {
  readonly partition: number;
  readonly messages: readonly CutMessage[];
  readonly owners: readonly Append[];
}

interface GroupCommitOptions {
  readonly partitions: number;
  readonly writers: readonly PartitionWriter[];
  /** Absent when the server syncs by itself. */
  readonly journal: Journal | undefined;
  /** Bytes of the largest entry that the server takes. */
  readonly maximumBytes: number;
}

/** Appends that come while a flush runs share the next: one sync of the journal and one message a partition serve them all. */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  #waiting: Append[] = [];
  #running: Promise<void> | undefined;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  async append(entries: readonly Entry[]): Promise<AppendedAt> {
    if (entries.length === 0) return new Map();
    const texts = new Map(entries.map((entry) => [entry, textOf(entry)]));
    for (const [entry, { bytes }] of texts) {
      if (bytes > this.#options.maximumBytes)
        throw new RangeError(`entry ${entry.id} has ${bytes} bytes, the server takes ${this.#options.maximumBytes}`);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, texts, positions: new Map(), resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#take();
      try {
        await this.#flush(group);
      } catch (error) {
        for (const append of group) append.reject(error);
      }
    }
    this.#running = undefined;
  }

  #take(): Append[] {
    let size = 0;
    let count = 0;
    for (const append of this.#waiting) {
      size += append.entries.length;
      if (count > 0 && size > entriesAFlush) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  async #flush(group: readonly Append[]): Promise<void> {
    const parts = this.#partsOf(group);
    const { journal } = this.#options;
    await journal?.add(parts.flatMap((part) => part.messages.map(({ id, partition, entries }) => ({ id, partition, entries }))));
    const outcomes = await Promise.all(parts.map((part) => this.#publish(part)));
    const held = outcomes.flatMap((outcome) => outcome.held);
    const failed = outcomes.flatMap((outcome) => outcome.failed);
    // The outcome stands whether or not it could be noted: an unnoted message is looked up or sent again after a restart.
    if (held.length > 0) await journal?.acknowledge(held).catch(() => undefined);
    if (failed.length > 0) await journal?.refuse(failed).catch(() => undefined);
    // Those whose part failed were rejected on the way; a promise settles once.
    for (const append of group) append.resolve(append.positions);
  }

  #partsOf(group: readonly Append[]): Part[] {
    const owners = new Map<number, Append[]>();
    const texts = new Map<number, EntryText[]>();
    for (const append of group) {
      for (const [partition, entries] of groupByPartition(append.entries, this.#options.partitions)) {
        const known = texts.get(partition) ?? [];
        texts.set(partition, known);
        const whose = owners.get(partition) ?? [];
        owners.set(partition, whose);
        for (const entry of entries) {
          known.push(append.texts.get(entry) ?? textOf(entry));
          whose.push(append);
        }
      }
    }
    return [...texts].map(([partition, known]) => ({
      partition,
      messages: cutMessages(partition, known),
      owners: owners.get(partition) ?? [],
    }));
  }

  /** Messages of a partition go one after another; after one that fails the rest are not sent, so that order holds. */
  async #publish(part: Part): Promise<{ held: { id: string; position: number }[]; failed: string[] }> {
    const held: { id: string; position: number }[] = [];
    let first = 0;
    for (const [index, message] of part.messages.entries()) {
      try {
        const position = await this.#options.writers[part.partition]?.publish(message.id, message.entries);
        if (position === undefined) throw new RangeError(`no partition ${part.partition}`);
        held.push({ id: message.id, position });
        for (const owner of part.owners.slice(first, first + message.count)) owner.positions.set(part.partition, position);
        first += message.count;
      } catch (error) {
        for (const owner of part.owners.slice(first)) owner.reject(error);
        return { held, failed: part.messages.slice(index).map(({ id }) => id) };
      }
    }
    return { held, failed: [] };
  }
}

function textOf(entry: Entry): EntryText {
  const text = JSON.stringify(entry);
  return { text, bytes: Buffer.byteLength(text) };
}
