import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { DefinitionAnswer, DefinitionRow } from '../api/answers.ts';
import { asProblem } from '../api/api-problem.ts';
import { useApi } from '../api/use-api.ts';
import { Icon } from '../icon.tsx';
import { plural } from '../number-text.ts';
import { useToast } from '../toasts.tsx';
import type { DefinitionWords } from './definition-words.ts';
import { namesPath } from './use-definitions.ts';

interface BulkStopProps {
  readonly words: DefinitionWords;
  readonly rows: readonly DefinitionRow[];
  readonly clear: () => void;
}

/** Stops the live ones of the selected definitions, one after the other; the first refusal ends it and says why. */
export function BulkStop({ words, rows, clear }: BulkStopProps) {
  const api = useApi();
  const toast = useToast();
  const live = rows.filter((row) => row.live);
  const stop = useMutation({
    mutationFn: async () => {
      for (const row of live) await api.post<DefinitionAnswer>(`definitions/${words.slice}/${row.id}/kill`);
    },
    onSuccess: () => {
      toast({ message: `Stopped ${plural(live.length, words.noun, `${words.noun}s`)}. Publish again to bring them back.` });
      clear();
    },
    onError: (error) => toast({ message: asProblem(error).message, tone: 'bad' }),
    onSettled: () => Promise.all([api.refresh(`definitions/${words.slice}`), api.refresh(namesPath(words.slice))]),
  });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon name="pause" />}
      disabled={live.length === 0}
      loading={stop.isPending}
      onClick={() => stop.mutate()}
    >
      {live.length === 0 ? 'Nothing live is selected' : `Stop ${plural(live.length, words.noun, `${words.noun}s`)}`}
    </Button>
  );
}
