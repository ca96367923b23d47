// A process of its own: appends until somebody kills it, and prints the id of every entry that was acknowledged.
import { sampleEntries } from '@gangway/product/ports/event-log/sample-entry.contract.ts';
import { connectNats } from '../connect-nats.ts';
import { openNatsEventLog } from '../nats-event-log.ts';

const [, , address = '', stream = '', journal = ''] = process.argv;

async function appendUntilKilled(): Promise<void> {
  const connection = await connectNats({ servers: [address] });
  const clock = { now: () => Date.now() };
  const log = await openNatsEventLog({ connection, clock, partitions: 1, stream, journal, maximumBytes: 64 * 1024 ** 2 });
  const client = async (name: string) => {
    for (let number = 0; ; number++) {
      await log.append(sampleEntries(`${name}-${number}`, 1));
      process.stdout.write(`${name}-${number}-0\n`);
    }
  };
  await Promise.all(['a', 'b', 'c'].map(client));
}

void appendUntilKilled();
