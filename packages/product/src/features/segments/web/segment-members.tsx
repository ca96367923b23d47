import { Go } from '@gangway/web/kit/go.tsx';
import { countText, plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Skeleton, Stack } from '@mantine/core';
import type { Rule } from '../../../rules/rule.ts';
import type { MembersAnswer } from '../contract.ts';
import './segments.css';
import { useMembers } from './use-members.ts';

/** Who matches the rule as it is being edited, the latest seen first. */
export function SegmentMembers({ rule, ready }: { rule: Rule; ready: boolean }) {
  const members = useMembers(rule, ready);
  return (
    <Section title="Who matches now">
      {!ready && <p className="gw-quiet">Finish the conditions to see who matches.</p>}
      <ProblemNotice error={ready ? members.error : null} onRetry={() => void members.refetch()} />
      {ready && members.isPending && (
        <Stack gap={8} aria-busy="true">
          <Skeleton h={16} />
          <Skeleton h={16} />
          <Skeleton h={16} />
        </Stack>
      )}
      {ready && members.data && <MemberList members={members.data} />}
    </Section>
  );
}

function MemberList({ members: { people, total, of } }: { members: MembersAnswer }) {
  return (
    <>
      <p className="gw-number gw-segment-count" role="status">{`${countText(total)} of ${plural(of, 'person', 'people')}`}</p>
      <ul className="gw-segment-members">
        {people.map((person) => (
          <li key={person.id}>
            <Go to={`/people/${encodeURIComponent(person.id)}`} className="gw-link gw-cut">
              {person.label}
            </Go>
            <span className="gw-quiet">
              <RelativeTime at={person.lastSeen} />
            </span>
          </li>
        ))}
      </ul>
      {people.length < total && <p className="gw-quiet gw-number">{`The ${countText(people.length)} seen last are listed.`}</p>}
    </>
  );
}
