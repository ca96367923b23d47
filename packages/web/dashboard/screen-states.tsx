import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { EmptyState } from '../kit/empty-state.tsx';
import { Page } from '../kit/page.tsx';
import { ProblemNotice } from '../kit/problem-notice.tsx';

/** For an address that no screen has. */
export function ScreenMissing() {
  const { env } = useParams({ strict: false });
  return (
    <Page title="Not found">
      <EmptyState
        picture="search"
        title="There is no screen at this address"
        action={
          <Button component="a" href={env === undefined ? '/' : `/e/${env}`} variant="default">
            Go to Home
          </Button>
        }
      >
        The link may be old, or what it showed may have been removed. The search finds screens and people.
      </EmptyState>
    </Page>
  );
}

/** For a screen that threw: the rest of the dashboard goes on. */
export function ScreenBroken({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Page title="This screen stopped">
      <ProblemNotice error={error} onRetry={reset} />
    </Page>
  );
}
