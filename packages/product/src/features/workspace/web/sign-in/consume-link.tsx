import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import { request } from '@gangway/web/kit/api/request.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** One button that uses the link's token; afterwards the address no longer holds it. */
export function ConsumeLink({ token, onDone, onAskAgain }: { token: string; onDone: () => void; onAskAgain: () => void }) {
  const cache = useQueryClient();
  const consume = useMutation({
    mutationFn: () => request<void>('/api/sign-in/consume', { method: 'POST', body: { token } }),
    onSuccess: async () => {
      await cache.resetQueries({ queryKey: ['session'] });
      onDone();
    },
  });
  useEffect(() => {
    document.title = 'Sign in · Gangway';
  }, []);
  const refused = consume.error && asProblem(consume.error).status !== 0;
  return (
    <Stack gap="md">
      <div>
        <h1>{refused ? 'This link does not work' : 'Welcome back'}</h1>
        {!refused && <p>One more step: the link is used when you press the button.</p>}
      </div>
      <ProblemNotice error={consume.error} />
      {refused ? (
        <Button size="md" onClick={onAskAgain}>
          Ask for a new link
        </Button>
      ) : (
        <Button size="md" autoFocus loading={consume.isPending} onClick={() => consume.mutate()}>
          Sign in
        </Button>
      )}
    </Stack>
  );
}
