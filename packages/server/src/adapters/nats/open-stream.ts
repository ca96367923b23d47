import { DiscardPolicy, JetStreamApiError, type JetStreamManager, RetentionPolicy, StorageType, type StreamInfo } from '@nats-io/jetstream';

export interface StreamOptions {
  /** The stream's name and the first part of its subjects. */
  readonly stream: string;
  readonly partitions: number;
  /** Days after which a batch leaves the stream. */
  readonly daysKept: number;
  /** Bytes at which appends are refused, -1 for the server's own limit; nothing old is dropped for something new. */
  readonly maximumBytes: number;
  readonly replicas: number;
}

const nanoseconds = (milliseconds: number) => milliseconds * 1_000_000;

/** How long the server remembers message ids: longer than a node needs to come back and publish again. */
const duplicateWindow = 10 * 60_000;

/** The subject of a partition. */
export function subjectOf(stream: string, partition: number): string {
  return `${stream}.${partition}`;
}

/** Finds the stream or makes it. Throws when it was made for another number of partitions or with other guarantees. */
export async function openStream(manager: JetStreamManager, options: StreamOptions): Promise<void> {
  const { stream, partitions } = options;
  const subjects = Array.from({ length: partitions }, (_, partition) => subjectOf(stream, partition));
  const found = await findStream(manager, stream);
  if (found) return check(found, subjects);
  await manager.streams.add({
    name: stream,
    subjects,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    storage: StorageType.File,
    num_replicas: options.replicas,
    max_age: nanoseconds(options.daysKept * 86_400_000),
    max_bytes: options.maximumBytes,
    duplicate_window: nanoseconds(duplicateWindow),
    allow_direct: true,
    deny_delete: true,
  });
}

async function findStream(manager: JetStreamManager, stream: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(stream);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.status === 404) return undefined;
    throw error;
  }
}

function check({ config }: StreamInfo, subjects: readonly string[]): void {
  if (config.subjects.length !== subjects.length) {
    throw new Error(
      `stream ${config.name} has ${config.subjects.length} partitions, not ${subjects.length}: the number is fixed for the life of the log`,
    );
  }
  if (
    config.retention !== RetentionPolicy.Limits ||
    config.discard !== DiscardPolicy.New ||
    config.storage !== StorageType.File ||
    !config.allow_direct
  ) {
    throw new Error(`stream ${config.name} must have retention limits, discard new, file storage and direct access`);
  }
}
