import { describeEventLogContract } from './event-log.contract.ts';
import { createMemoryEventLog, type MemoryLogDisk } from './memory-event-log.ts';

describeEventLogContract('memory', async (options) => {
  const disk: MemoryLogDisk = new Map();
  return {
    log: createMemoryEventLog({ ...options, disk }),
    reopen: async () => createMemoryEventLog({ ...options, disk }),
    close: async () => disk.clear(),
  };
});
