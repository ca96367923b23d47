import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { plural } from '@gangway/web/kit/number-text.ts';
import { refusalWords } from '@gangway/web/kit/refusal-words.ts';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FailedFilter, ReplayAnswer } from '../contract.ts';

interface SendAgainProps {
  /** The selected events; none = all that match the filter. */
  readonly ids: readonly string[];
  readonly filter: FailedFilter;
  readonly total: number;
  readonly onDone: () => void;
}

/** Offers failed events once more. Those that pass leave the list; of the others it says why. */
export function SendAgain({ ids, filter, total, onDone }: SendAgainProps) {
  const api = useApi();
  const toast = useToast();
  const send = useMutation({
    mutationFn: () => api.post<ReplayAnswer>('failed/replay', ids.length > 0 ? { ids } : { filter }),
    onSuccess: (answer) => {
      toast({ message: outcome(answer), ...(answer.passed === 0 ? { tone: 'bad' as const } : {}) });
      onDone();
      void api.refresh('failed');
      void api.refresh('ingestion');
    },
    onError: (error) => toast({ message: asProblem(error).message, tone: 'bad' }),
  });
  return (
    <Button size="compact-sm" variant="default" loading={send.isPending} onClick={() => send.mutate()}>
      {ids.length > 0 ? `Send ${ids.length} again` : total === 1 ? 'Send it again' : `Send all ${total} again`}
    </Button>
  );
}

function outcome({ passed, refused, left }: ReplayAnswer): string {
  const first = refused[0];
  const why = first ? ` ${plural(refused.length, 'was', 'were')} refused again: ${refusalWords(first.reason).sentence}` : '';
  const rest = left > 0 ? ` ${left} more match; send again for those.` : '';
  return `${plural(passed, 'event', 'events')} passed.${why}${rest}`;
}
