import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { CopyId } from '@gangway/web/kit/copy-id.tsx';
import { Go, useParam } from '@gangway/web/kit/go.tsx';
import { Page } from '@gangway/web/kit/page.tsx';
import { personLabel } from '@gangway/web/kit/person-label.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { WhyPerson } from '@gangway/web/kit/why/why-person.tsx';
import { Skeleton, Stack, Tabs } from '@mantine/core';
import type { PersonAnswer } from '../contract.ts';
import { EventCounts } from './event-counts.tsx';
import { PersonFacts } from './person-facts.tsx';
import './people.css';
import { PersonTimeline } from './person-timeline.tsx';

/** One person: what they did, what they see and why, and who they are. */
export function PersonPage() {
  const id = useParam('id');
  const person = useAnswer<PersonAnswer>(`people/${encodeURIComponent(id)}`, {}, { keep: false });
  const [tab, setTab] = useUrlState('tab', 'activity');
  const label = person.data ? personLabel(person.data) : 'Person';
  return (
    <Page
      title={label}
      back={<Go to="/people">People</Go>}
      purpose={person.data && <CopyId id={id} label="person id" />}
      actions={
        <Go to={`/people/${encodeURIComponent(id)}/identity`} className="gw-inline-link">
          Identity and data
        </Go>
      }
    >
      <ProblemNotice error={person.error} onRetry={() => void person.refetch()} />
      <div className="gw-with-side">
        <Tabs value={tab} onChange={(value) => setTab(value ?? 'activity')} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="activity">Activity</Tabs.Tab>
            <Tabs.Tab value="why">Why (not) seen</Tabs.Tab>
            <Tabs.Tab value="events">Events counted</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="activity">
            <PersonTimeline id={id} />
          </Tabs.Panel>
          <Tabs.Panel value="why">
            <Section title="Why does this person (not) see it?">
              <WhyPerson person={id} />
            </Section>
          </Tabs.Panel>
          <Tabs.Panel value="events">{person.data && <EventCounts events={person.data.events} />}</Tabs.Panel>
        </Tabs>
        <aside className="gw-side" aria-label="About this person">
          {person.data ? <PersonFacts person={person.data} /> : !person.error && <SideSkeleton />}
        </aside>
      </div>
    </Page>
  );
}

function SideSkeleton() {
  return (
    <Stack gap="sm" aria-busy>
      <Skeleton height={14} width="40%" />
      <Skeleton height={12} width="80%" />
      <Skeleton height={12} width="65%" />
      <Skeleton height={14} width="35%" mt="md" />
      <Skeleton height={12} width="72%" />
    </Stack>
  );
}
