import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { Go } from '@gangway/web/kit/go.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { personLabel } from '@gangway/web/kit/person-label.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import type { PersonRow } from '../contract.ts';
import { LevelBadge } from './level-badge.tsx';

/** The columns of people, wherever they are listed. */
export const peopleColumns: readonly Column<PersonRow>[] = [
  {
    key: 'name',
    header: 'Person',
    grow: 3,
    sortable: true,
    value: personLabel,
    cell: (person) => <Go to={`/people/${encodeURIComponent(person.id)}`}>{personLabel(person)}</Go>,
  },
  {
    key: 'email',
    header: 'Mail',
    grow: 3,
    from: 'tablet',
    value: (person) => person.email,
    cell: (person) => person.email ?? <span className="gw-quiet">–</span>,
  },
  {
    key: 'accounts',
    header: 'Accounts',
    grow: 2,
    from: 'desktop',
    value: (person) => person.accounts.map((account) => account.name ?? account.id).join(', '),
    cell: (person) => <AccountsOf person={person} />,
  },
  {
    key: 'milestones',
    header: 'Milestones',
    grow: 1.2,
    numeric: true,
    from: 'tablet',
    value: (person) => person.milestones,
    cell: (person) => countText(person.milestones),
  },
  {
    key: 'level',
    header: 'Identity',
    grow: 1.8,
    from: 'desktop',
    value: (person) => person.level,
    cell: (person) => <LevelBadge level={person.level} />,
  },
  {
    key: 'firstSeen',
    header: 'First seen',
    grow: 1.6,
    sortable: true,
    from: 'desktop',
    value: (person) => new Date(person.firstSeen).toISOString(),
    cell: (person) => <RelativeTime at={person.firstSeen} />,
  },
  {
    key: 'lastSeen',
    header: 'Last seen',
    grow: 1.6,
    sortable: true,
    value: (person) => new Date(person.lastSeen).toISOString(),
    cell: (person) => <RelativeTime at={person.lastSeen} />,
  },
  {
    key: 'userId',
    header: 'User id',
    grow: 2,
    offered: true,
    value: (person) => person.userId,
    cell: (person) => <span className="gw-mono">{person.userId ?? '–'}</span>,
  },
];

function AccountsOf({ person }: { person: PersonRow }) {
  const [first, ...others] = person.accounts;
  if (!first) return <span className="gw-quiet">–</span>;
  return (
    <>
      <Go to={`/accounts/${encodeURIComponent(first.id)}`}>{first.name ?? first.id}</Go>
      {others.length > 0 && <span className="gw-quiet"> +{others.length}</span>}
    </>
  );
}
