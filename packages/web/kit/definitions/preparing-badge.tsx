import { useEffect } from 'react';
import type { PreparingAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { countText } from '../number-text.ts';
import { StatusBadge } from '../status-badge.tsx';
import type { Editing } from './use-editing.ts';

const everyMilliseconds = 3000;

/** A version whose rules ask for what was not counted so far: how far bringing in the past has come. */
export function PreparingBadge<Body>({ editing }: { editing: Editing<Body> }) {
  const { slice, id, answer, look } = editing;
  const enabled = answer?.preparing != null;
  const watched = useAnswer<PreparingAnswer>(`definitions/${slice}/${id}/preparing`, {}, { enabled, every: everyMilliseconds });
  const { dataUpdatedAt } = watched;
  const over = enabled && watched.data?.preparing === null;
  // What is cached may be from before this version was published: the whole answer decides, and is asked after each new one.
  useEffect(() => {
    if (over && dataUpdatedAt > 0) void look().catch(() => undefined);
  }, [over, dataUpdatedAt, look]);
  const preparing = watched.data?.preparing ?? answer?.preparing;
  if (!enabled || !preparing) return null;
  const { version, looked, total } = preparing;
  return (
    <StatusBadge tone="info" icon="clock">
      {`Preparing version ${version}: the past of ${countText(Math.min(looked, total))} of ${countText(total)} people is counted`}
    </StatusBadge>
  );
}
