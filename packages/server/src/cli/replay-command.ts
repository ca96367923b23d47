import { isProblem } from '@gangway/product/kernel/problem.ts';
import { domains } from '../domains.ts';
import { choosePreset } from '../presets/choose-preset.ts';
import type { PresetOptions } from '../presets/preset.ts';
import { systemClock } from '../presets/system-clock.ts';
import { type ReplayResult, replay } from '../replay/replay.ts';

/**
 * `npm run replay`, with the server stopped: derives every table again from the log and says whether it equals
 * what is recorded. Changes nothing. Resolves to the exit code.
 */
export async function replayCommand(options: PresetOptions): Promise<number> {
  const preset = await choosePreset(options);
  try {
    const scratch = await preset.createScratch();
    try {
      const result = await replay({ recorded: preset.recorded, scratch, log: preset.ports.log, domains, clock: systemClock });
      return tell(result);
    } finally {
      await scratch.drop();
    }
  } catch (error) {
    if (!isProblem(error)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await preset.close();
  }
}

function tell({ batches, different }: ReplayResult): number {
  for (const { table, recorded, replayed } of different)
    console.error(`${table}: ${recorded} rows are recorded, the replay gives ${replayed}, and they differ.`);
  console.log(JSON.stringify({ name: 'replay', batches, different: different.map(({ table }) => table) }));
  return different.length === 0 ? 0 : 1;
}
