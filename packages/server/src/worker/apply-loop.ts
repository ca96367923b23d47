import { type Loop, startLoop } from './loop.ts';

/** Milliseconds after which a partition is looked at when nobody says that something was appended. */
const interval = 500;

/** Applies one partition for as long as there is something to apply; tells of each time that it has. */
export function startApplyLoop(input: {
  partition: number;
  apply: (partition: number) => Promise<boolean>;
  applied: () => void;
  report: (error: unknown, loop: string) => void;
}): Loop {
  const { partition, apply, applied, report } = input;
  const step = async () => {
    const worked = await apply(partition);
    if (worked) applied();
    return worked;
  };
  return startLoop({ name: `apply ${partition}`, interval, step, report });
}
