import { CopyId } from '@gangway/web/kit/copy-id.tsx';
import { FactsList } from '@gangway/web/kit/facts-list.tsx';
import { Go } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import type { PersonAnswer } from '../contract.ts';
import { LevelBadge } from './level-badge.tsx';
import './people.css';
import { Traits } from './traits.tsx';

const identityWords: Record<PersonAnswer['identities'][number]['kind'], string> = {
  user: 'User id',
  anonymous: 'Anonymous id',
  claimed: 'Claimed id, not proved',
};

/** Who a person is: identity, traits, accounts, milestones. For the page's side and for the panel. */
export function PersonFacts({ person }: { person: PersonAnswer }) {
  return (
    <div className="gw-person-facts">
      <Section title="Identity">
        <FactsList
          facts={[
            ['Level', <LevelBadge key="level" level={person.level} />],
            ['Mail', person.email ?? '–'],
            ...person.identities.map(
              (identity) =>
                [identityWords[identity.kind], <CopyId key={identity.value} id={identity.value} label={`${identity.kind} id`} />] as const,
            ),
            ['First seen', <RelativeTime key="first" at={person.firstSeen} />],
            ['Last seen', <RelativeTime key="last" at={person.lastSeen} />],
          ]}
        />
      </Section>
      <Section title="Accounts">
        {person.accounts.length === 0 && <p className="gw-people-none">In no account. A group call puts a person into one.</p>}
        <ul className="gw-plain-list">
          {person.accounts.map((account) => (
            <li key={account.id}>
              <Icon name="account" />
              <Go to={`/accounts/${encodeURIComponent(account.id)}`}>{account.name ?? account.id}</Go>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Milestones reached">
        {person.reached.length === 0 && <p className="gw-people-none">None so far.</p>}
        <ul className="gw-plain-list">
          {person.reached.map((milestone) => (
            <li key={milestone.milestone}>
              <Icon name="milestone" />
              <Go to={`/milestones/${encodeURIComponent(milestone.milestone)}`}>{milestone.name}</Go>
              <span className="gw-plain-list-end">
                <RelativeTime at={milestone.at} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Traits">
        <Traits traits={person.traits} none="None. An identify call with traits sets them." />
      </Section>
    </div>
  );
}
