import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ProblemNotice } from '../problem-notice.tsx';

interface ConflictNoticeProps {
  readonly keepMine: () => Promise<void>;
  readonly takeTheirs: () => Promise<void>;
}

/** Somebody else saved in between: nothing is overwritten until the author says whose version goes on. */
export function ConflictNotice({ keepMine, takeTheirs }: ConflictNoticeProps) {
  const choose = useMutation({ mutationFn: (choice: () => Promise<void>) => choice() });
  return (
    <div className="gw-conflict" role="alert">
      <p>
        Somebody saved another version while you were editing. Yours is kept in this browser and has not been sent. Choose which one goes
        on.
      </p>
      <Group gap="xs">
        <Button size="xs" onClick={() => choose.mutate(keepMine)} loading={choose.isPending}>
          Keep my version
        </Button>
        <Button size="xs" variant="default" onClick={() => choose.mutate(takeTheirs)} disabled={choose.isPending}>
          Take the saved version
        </Button>
      </Group>
      <ProblemNotice error={choose.error} />
    </div>
  );
}
