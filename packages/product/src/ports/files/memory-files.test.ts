import { describeFilesContract } from './files.contract.ts';
import { createMemoryFiles } from './memory-files.ts';

describeFilesContract('memory', async () => {
  const blobs = new Map<string, Uint8Array>();
  return { files: createMemoryFiles(blobs), reopen: async () => createMemoryFiles(blobs), close: async () => blobs.clear() };
});
