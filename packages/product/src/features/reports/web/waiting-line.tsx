import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { plural } from '@gangway/web/kit/number-text.ts';
import { useEffect, useState } from 'react';

const patience = 1000;

/** Says, when an answer takes more than a second, whether it is being counted or stands in a line. Leaving the screen ends it. */
export function WaitingLine({ waits }: { waits: boolean }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waits) return setLong(false);
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, [waits]);
  return (
    <p className="gw-report-waiting" role="status">
      {long && <Waiting />}
    </p>
  );
}

function Waiting() {
  const queue = useAnswer<{ running: number; waiting: number }>('reports/queue', undefined, { every: patience }).data;
  if (!queue || queue.waiting === 0) return 'Counting…';
  return `Waiting for its turn: ${plural(queue.running, 'question runs', 'questions run')}, ${plural(queue.waiting, 'waits', 'wait')}.`;
}
