import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BacktestAnswer, BacktestRow } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useApi } from '../api/use-api.ts';

/** The definition whose draft is tried. */
export interface TriedDraft {
  readonly slice: string;
  readonly id: string;
  readonly body: unknown;
}

const days = 90;
/** Milliseconds between two looks at a run. */
const lookEvery = 700;

/** Whether a run may still come to something. */
export function isUnderWay({ state }: Pick<BacktestRow, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** The latest backtest of a definition, and what can be done: another one, with the draft as it is on the screen, or an end to it. */
export function useBacktests({ slice, id, body }: TriedDraft) {
  const api = useApi();
  const path = `definitions/${slice}/${id}/backtests`;
  const list = useAnswer<{ backtests: readonly BacktestRow[] }>(path, undefined, { keep: false });
  const [started, setStarted] = useState<string>();
  const current = started ?? list.data?.backtests[0]?.id;
  const [busy, setBusy] = useState(true);
  const run = useAnswer<BacktestAnswer>(`backtests/${current}`, undefined, {
    enabled: current !== undefined,
    keep: false,
    ...(busy ? { every: lookEvery } : {}),
  });
  const running = run.data !== undefined && isUnderWay(run.data);
  if (run.data && running !== busy) setBusy(running);
  const start = useMutation({
    mutationFn: () => api.post<BacktestAnswer>(path, { body, days }),
    onSuccess: (answer) => {
      api.keep(`backtests/${answer.id}`, answer);
      setBusy(true);
      setStarted(answer.id);
      void api.refresh(path);
    },
  });
  const cancel = useMutation({
    mutationFn: () => api.post<BacktestAnswer>(`backtests/${current}/cancel`),
    onSuccess: (answer) => api.keep(`backtests/${answer.id}`, answer),
  });
  return { list, run, start, cancel, none: list.data?.backtests.length === 0 && started === undefined };
}
