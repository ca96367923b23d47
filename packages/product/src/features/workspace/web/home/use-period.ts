import { useState } from 'react';

const day = 86_400_000;

/** The last `days` days up to the end of the current hour, in milliseconds; steady, so that the answer can be cached. */
export function usePeriod(days: number): { from: number; to: number } {
  const [period] = useState(() => {
    const to = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
    return { from: to - days * day, to };
  });
  return period;
}
