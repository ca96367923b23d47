import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { EventLog, LogBatch } from '@gangway/product/ports/event-log/event-log.ts';
import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { GroupCommit } from './group-commit.ts';
import { type Journal, type JournalTold, openJournal } from './journal.ts';
import { openStream, subjectOf } from './open-stream.ts';
import { PartitionWriter, type StoredBatch } from './partition-writer.ts';
import { provesSync } from './proves-sync.ts';

export interface NatsEventLogOptions extends JournalTold {
  /** Belongs to the caller, who closes it after the log. */
  readonly connection: NatsConnection;
  readonly clock: Clock;
  readonly partitions: number;
  /** A folder of this node alone. May be absent only when `monitoring` proves that the server syncs. */
  readonly journal?: string;
  /** The server's monitoring address, `http://host:8222`. */
  readonly monitoring?: string;
  readonly stream?: string;
  readonly daysKept?: number;
  /** Bytes at which appends are refused; the server's own limit when absent. */
  readonly maximumBytes?: number;
  readonly replicas?: number;
  /** Milliseconds for which journal files outlive their acknowledgement; the default covers the one-minute sync of NATS 2.9 twice. */
  readonly journalKeptFor?: number;
  /** Milliseconds for which an append waits for a server that is away. */
  readonly patience?: number;
}

/** The distributed event log: a JetStream stream, one subject a partition, one message a flush and partition. */
export async function openNatsEventLog(options: NatsEventLogOptions): Promise<EventLog> {
  const { connection, clock, partitions, stream = 'gangway-log', patience = 10_000 } = options;
  const manager = await jetstreamManager(connection);
  const { daysKept = 30, maximumBytes = -1, replicas = 1 } = options;
  await openStream(manager, { stream, partitions, daysKept, maximumBytes, replicas });
  const client = jetstream(connection);
  const writers = Array.from(
    { length: partitions },
    (_, partition) => new PartitionWriter({ client, manager, clock, stream, partition, patience }),
  );
  const journal = await journalFor(options);
  if (journal) await publishLeft({ journal, manager, stream, writers });
  const group = new GroupCommit({ partitions, journal, writers, maximumBytes: (connection.info?.max_payload ?? 1024 ** 2) - 4096 });
  return {
    partitions,
    append: (entries) => group.append(entries),
    read: (partition, after, limit, enough) => readBatches(manager, { stream, partition, after, limit, enough }),
    end: async (partition) => (await writers[partition]?.end()) ?? 0,
    async close() {
      await group.settled();
      await journal?.close();
    },
  };
}

async function journalFor({ journal, monitoring, journalKeptFor = 120_000, ...told }: NatsEventLogOptions): Promise<Journal | undefined> {
  if (monitoring !== undefined && (await provesSync(monitoring))) return undefined;
  if (journal === undefined) {
    throw new Error(
      'The NATS server does not prove "sync_interval: always", so an acknowledged event could be lost with the power. Name a journal folder for this node.',
    );
  }
  return openJournal(journal, journalKeptFor, told);
}

interface PublishLeft {
  readonly journal: Journal;
  readonly manager: JetStreamManager;
  readonly stream: string;
  readonly writers: readonly PartitionWriter[];
}

/** What an earlier run wrote down and the stream does not hold is published again, before anything new. */
async function publishLeft({ journal, manager, stream, writers }: PublishLeft): Promise<void> {
  for (const { id, partition, entries, position } of journal.left) {
    if (position !== undefined && (await holds(manager, { stream, position, id }))) continue;
    const writer = writers[partition];
    if (!writer) throw new Error(`The journal holds entries of partition ${partition}, which this log does not have.`);
    await journal.acknowledge([{ id, position: await writer.publish(id, entries) }]);
  }
  journal.settled();
}

async function holds(
  manager: JetStreamManager,
  { stream, position, id }: { stream: string; position: number; id: string },
): Promise<boolean> {
  const found = await manager.direct.getMessage(stream, { seq: position });
  return found?.header.get('Nats-Msg-Id') === id;
}

/** A message at a time: what follows a position is known only when it is found. */
async function readBatches(
  manager: JetStreamManager,
  from: { stream: string; partition: number; after: number; limit: number; enough: number | undefined },
): Promise<LogBatch[]> {
  const { stream, partition, after, limit, enough = Number.POSITIVE_INFINITY } = from;
  const subject = subjectOf(stream, partition);
  const batches: LogBatch[] = [];
  let position = after;
  let read = 0;
  while (batches.length < limit && read < enough) {
    const found = await manager.direct.getMessage(stream, { seq: position + 1, next_by_subj: subject });
    if (!found) break;
    const { at, entries } = found.json<StoredBatch>();
    position = found.seq;
    read += entries.length;
    batches.push({ partition, position, entries: entries.map((entry) => ({ ...entry, at })) });
  }
  return batches;
}
