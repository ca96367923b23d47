import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { FactsList } from '@gangway/web/kit/facts-list.tsx';
import { countText, plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { Button, Collapse, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { MergeAnswer, MergesAnswer, PersonBeforeAnswer } from '../contract.ts';

/** Every merge of a person with who, what, why and when, refused ones included, and what undoing each would give. */
export function MergeHistory({ id, end }: { id: string; end?: ReactNode }) {
  const answer = useAnswer<MergesAnswer>(`people/${encodeURIComponent(id)}/merges`);
  return (
    <Section title="Merges" end={end}>
      <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      {answer.data?.merges.length === 0 && (
        <p className="gw-identity-none">None. The ids came one by one, and no other person was joined with this one.</p>
      )}
      <ul className="gw-identity-list">
        {answer.data?.merges.map((merge) => (
          <li key={merge.id}>
            <Merge merge={merge} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Merge({ merge }: { merge: MergeAnswer }) {
  const [open, { toggle }] = useDisclosure(false);
  const { before } = merge;
  return (
    <>
      <div className="gw-identity-row">
        {merge.outcome === 'merged' ? (
          <StatusBadge tone="good" icon="check">
            Merged
          </StatusBadge>
        ) : (
          <StatusBadge tone="attention" icon="blocked">
            Refused
          </StatusBadge>
        )}
        <span>
          {merge.other.label} {merge.outcome === 'merged' ? 'became' : 'was not joined with'} {merge.person.label},{' '}
          <RelativeTime at={merge.at} />
        </span>
      </div>
      <Text size="sm" c="dimmed">
        {reasonOf(merge)}
      </Text>
      {before && (
        <>
          <Button size="compact-xs" variant="subtle" onClick={toggle} aria-expanded={open}>
            What undoing would give
          </Button>
          <Collapse expanded={open}>
            <UndoPreview before={before} eventsSince={merge.eventsSince} />
          </Collapse>
        </>
      )}
    </>
  );
}

function reasonOf({ call, actor, outcome }: MergeAnswer): string {
  if (outcome === 'refused')
    return 'An alias call named two identified users. Events never join two users; merge them here, or by POST /v1/merge with a secret key, when they are one person.';
  if (call === 'merge') return `By ${actor}.`;
  return `By a call “${call}” that named both ids (level ${actor}).`;
}

/** Two people as they were, side by side. */
function UndoPreview({ before, eventsSince }: { before: NonNullable<MergeAnswer['before']>; eventsSince: number | null }) {
  return (
    <div className="gw-identity-preview">
      <div className="gw-identity-two">
        <Before person={before.other} />
        <Before person={before.person} />
      </div>
      <Text size="sm">
        {eventsSince === null
          ? 'The person has been merged further since, so what came afterwards cannot be counted for this merge alone.'
          : `${plural(eventsSince, 'event has', 'events have')} come since. Each would go by the id that it named: to the first person when it named one of their ids alone, otherwise to the second.`}{' '}
        This is a preview only: a merge is not undone, because guides that were shown and messages that were sent stay so.
      </Text>
    </div>
  );
}

function Before({ person }: { person: PersonBeforeAnswer }) {
  const list = (items: readonly string[]) => (items.length === 0 ? '–' : items.join(', '));
  return (
    <section aria-label={person.label}>
      <h3>{person.label}</h3>
      <FactsList
        facts={[
          ['Ids', list(person.links.map(({ value }) => value))],
          ['Events', countText(person.events)],
          ['Seen', <Seen key="seen" person={person} />],
          ['Milestones', list(person.milestones.map(({ name }) => name))],
          ['States', list(person.states)],
          ['Accounts', list(person.accounts)],
          ['Traits', list(Object.entries(person.traits).map(([name, value]) => `${name} ${JSON.stringify(value)}`))],
        ]}
      />
    </section>
  );
}

function Seen({ person }: { person: PersonBeforeAnswer }) {
  return (
    <>
      <RelativeTime at={person.firstSeen} /> to <RelativeTime at={person.lastSeen} />
    </>
  );
}
