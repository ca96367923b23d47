import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { EventFeed } from '@gangway/web/kit/event-feed.tsx';
import { FilterBar, SearchField } from '@gangway/web/kit/filter-bar.tsx';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { Page } from '@gangway/web/kit/page.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { TurnedAway } from '@gangway/web/kit/turned-away.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { ActionIcon, Button, Skeleton, Stack, Tabs, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { IngestionAnswer } from '../contract.ts';
import { FailedEvents } from './failed-events.tsx';
import { HealthPanel } from './health-panel.tsx';
import { type LiveFilter, useLiveEvents } from './use-live-events.ts';
import './people.css';

/** Events as they are applied, those that were refused, and whether what comes in is well. */
export function LivePage() {
  const [tab, setTab] = useUrlState('tab', 'events');
  const failed = useAnswer<{ total: number }>('failed');
  const ingestion = useAnswer<IngestionAnswer>('ingestion');
  return (
    <Page title="Live" purpose="What people do, as it happens, and what was refused with the reason.">
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'events')} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="events">Events</Tabs.Tab>
          <Tabs.Tab value="failed">Refused{failed.data && failed.data.total > 0 ? ` (${countText(failed.data.total)})` : ''}</Tabs.Tab>
          <Tabs.Tab value="health">Health</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="events">
          {ingestion.data && <TurnedAway counts={ingestion.data.turnedAway} />}
          <LiveEvents />
        </Tabs.Panel>
        <Tabs.Panel value="failed">
          <FailedEvents />
        </Tabs.Panel>
        <Tabs.Panel value="health">
          <HealthPanel />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function LiveEvents() {
  const [name] = useUrlState('name');
  const [person] = useUrlState('person');
  const [paused, setPaused] = useState(false);
  const filter: LiveFilter = { name, person };
  const live = useLiveEvents(filter);
  return (
    <div className="gw-live">
      <FilterBar
        end={
          <div className="gw-live-tools">
            {live.connected ? (
              <StatusBadge tone="good" icon="live">
                Live
              </StatusBadge>
            ) : (
              <StatusBadge tone="attention" icon="refresh">
                Reconnecting
              </StatusBadge>
            )}
            <Tooltip label={paused ? 'Go on' : 'Pause'}>
              <ActionIcon
                variant="default"
                aria-label={paused ? 'Go on' : 'Pause'}
                aria-pressed={paused}
                onClick={() => setPaused(!paused)}
              >
                <Icon name={paused ? 'play' : 'pause'} />
              </ActionIcon>
            </Tooltip>
          </div>
        }
      >
        <SearchField label="Event name" name="name" />
        <SearchField label="Person" name="person" />
      </FilterBar>
      <ProblemNotice error={live.problem} onRetry={live.retry} />
      {live.events && live.events.length > 0 && <EventFeed events={live.events} paused={paused} />}
      {!live.events && !live.problem && <LiveSkeleton />}
      {live.events?.length === 0 && <NothingLive filtered={name !== '' || person !== ''} />}
    </div>
  );
}

const widths = ['62%', '48%', '55%', '70%', '44%', '58%'];

function LiveSkeleton() {
  return (
    <Stack gap="lg" pt="xs" aria-busy>
      {widths.map((width) => (
        <Skeleton key={width} height={13} width={width} />
      ))}
    </Stack>
  );
}

function NothingLive({ filtered }: { filtered: boolean }) {
  const go = useGo();
  if (filtered) {
    return (
      <EmptyState
        picture="search"
        title="No event matches"
        action={
          <Go to="/live" className="gw-inline-link">
            Clear filters
          </Go>
        }
      >
        Of the last events, none has this name or person. A matching one appears here as soon as it arrives.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      picture="events"
      title="Waiting for the first event"
      action={<Button onClick={() => go('/settings?tab=install')}>Install Gangway</Button>}
    >
      Every event shows up here within a second of arriving, with everything that was sent.
    </EmptyState>
  );
}
