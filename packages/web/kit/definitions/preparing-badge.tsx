import { useEffect } from 'react';
import { countText } from '../number-text.ts';
import { StatusBadge } from '../status-badge.tsx';
import type { Editing } from './use-editing.ts';

const everyMilliseconds = 1000;

/** A version whose rules ask for what was not counted so far: how far bringing in the past has come. */
export function PreparingBadge<Body>({ editing }: { editing: Editing<Body> }) {
  const { answer, look } = editing;
  const preparing = answer?.preparing ?? null;
  const waiting = preparing !== null;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => void look().catch(() => undefined), everyMilliseconds);
    return () => clearInterval(timer);
  }, [waiting, look]);
  if (!preparing) return null;
  const { version, looked, total } = preparing;
  return (
    <StatusBadge tone="info" icon="clock">
      {`Preparing version ${version}: the past of ${countText(Math.min(looked, total))} of ${countText(total)} people is counted`}
    </StatusBadge>
  );
}
