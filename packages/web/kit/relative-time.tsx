import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTimeZone } from './api/environment.tsx';
import { exactText, relativeText } from './time-text.ts';

/** “4 min ago”, with the exact instant in the workspace's zone on hover and on focus of what holds it. `at` in milliseconds since 1970. */
export function RelativeTime({ at }: { at: number }) {
  const timeZone = useTimeZone();
  const now = useNow();
  return (
    <Tooltip label={exactText(at, timeZone)}>
      <time dateTime={new Date(at).toISOString()} className="gw-number">
        {relativeText(at, now, timeZone)}
      </time>
    </Tooltip>
  );
}

/** The time of day, renewed every half minute, so that “just now” does not stay for ever. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
