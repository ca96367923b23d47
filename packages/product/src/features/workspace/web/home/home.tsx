import type { IngestionAnswer } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { ActivationCard } from './activation-card.tsx';
import { ContentCard } from './content-card.tsx';
import { FunnelCard } from './funnel-card.tsx';
import { GetStarted } from './get-started.tsx';
import './home.css';
import { IngestionCard } from './ingestion-card.tsx';
import { LatestEvents } from './latest-events.tsx';
import { RefusedCard } from './refused-card.tsx';

const views = [
  { value: 'growth', label: 'Growth' },
  { value: 'developer', label: 'Developer' },
] as const;
type View = (typeof views)[number]['value'];

/** The first screen: for growth, how people get on; for developers, whether events arrive. Empty: how to begin. */
export function Home() {
  const [view, setView] = useLocalStorage<View>({ key: 'gangway.home', defaultValue: 'growth', getInitialValueInEffect: false });
  const ingestion = useAnswer<IngestionAnswer>('ingestion', {}, { keep: false });
  const empty = ingestion.data?.offered === 0;
  // When the first question fails, the others would fail the same way: one notice is enough.
  const shown = !empty && (ingestion.data !== undefined || ingestion.isPending);
  return (
    <Page
      title="Home"
      purpose={empty ? 'Connect your product to begin.' : 'How people are getting on, and whether their events arrive.'}
      actions={
        !empty && <SegmentedControl size="xs" aria-label="View" data={[...views]} value={view} onChange={(value) => setView(value)} />
      }
    >
      <ProblemNotice error={ingestion.error} onRetry={() => void ingestion.refetch()} />
      {empty && <GetStarted />}
      {shown && view === 'growth' && (
        <div className="gw-home">
          <div className="gw-home-column">
            <ActivationCard />
            <ContentCard />
          </div>
          <div className="gw-home-column">
            <FunnelCard />
            <LatestEvents />
          </div>
        </div>
      )}
      {shown && view === 'developer' && (
        <div className="gw-home">
          <IngestionCard ingestion={ingestion.data} />
          <RefusedCard />
          <LatestEvents />
        </div>
      )}
    </Page>
  );
}
