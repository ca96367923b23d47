import { type Loop, startLoop } from './loop.ts';

/** Milliseconds after which a partition is looked at when nobody says that something was appended. */
const interval = 500;

/** Applies one partition for as long as there is something to apply. */
export function startApplyLoop({ partition, apply, report }: ApplyLoopInput): Loop {
  return startLoop({ name: `apply ${partition}`, interval, step: () => apply(partition), report });
}

interface ApplyLoopInput {
  readonly partition: number;
  /** False when there was nothing to do. */
  readonly apply: (partition: number) => Promise<boolean>;
  readonly report: (error: unknown, loop: string) => void;
}
