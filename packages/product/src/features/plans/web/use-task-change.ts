import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment, useSession } from '@gangway/web/kit/api/environment.tsx';
import { answerKey } from '@gangway/web/kit/api/use-answer.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PlanAnswer, PlanTaskAnswer } from '../contract.ts';
import { dayAt } from './day-text.ts';
import { closedByHand, reopened, withTask } from './with-task.ts';

interface Change {
  readonly task: PlanTaskAnswer;
  readonly to: 'complete' | 'reopen';
}

/**
 * Completes and reopens tasks: the screen shows it at once, the server's answer replaces it, a refusal takes it
 * back and says why. Each change can be undone from its message.
 */
export function useTaskChange(plan: string): (change: Change) => void {
  const api = useApi();
  const cache = useQueryClient();
  const toast = useToast();
  const { user, workspace } = useSession();
  const key = answerKey(useEnvironment().id, `plans/${plan}`);
  const { mutate } = useMutation({
    mutationFn: ({ task, to }: Change & { quiet?: boolean }) =>
      api.post<PlanAnswer>(`plans/${plan}/tasks/${encodeURIComponent(task.id)}/${to}`),
    onMutate: async ({ task, to }) => {
      // A refetch under way would bring the old state back for a moment.
      await cache.cancelQueries({ queryKey: key });
      const before = cache.getQueryData<PlanAnswer>(key);
      const now = Date.now();
      const next = to === 'complete' ? closedByHand(user.name, now) : reopened(task, dayAt(now, workspace.timezone));
      if (before) cache.setQueryData(key, withTask(before, task.id, next));
      return { before };
    },
    onSuccess: (answer, { task, to, quiet }) => {
      cache.setQueryData(key, answer);
      void cache.invalidateQueries({ queryKey: answerKey(key[1] as string, 'plans') });
      if (quiet) return;
      const undo = () => mutate({ task, to: to === 'complete' ? 'reopen' : 'complete', quiet: true });
      toast({ message: to === 'complete' ? `Completed “${task.title}”` : `Reopened “${task.title}”`, undo });
    },
    onError: (error, _change, context) => {
      if (context?.before) cache.setQueryData(key, context.before);
      toast({ message: asProblem(error).message, tone: 'bad' });
    },
  });
  return mutate;
}
