import type { DefinitionRow } from '../api/answers.ts';
import { StatusBadge } from '../status-badge.tsx';

type State = Pick<DefinitionRow, 'version' | 'live' | 'changed'>;

/** Where a definition stands, in words and icons: live or not, and whether the draft has moved on. */
export function DefinitionBadges({ row, short = false }: { row: State | undefined; short?: boolean }) {
  return (
    <span className="gw-definition-badges">
      {stateBadge(row, short)}
      {row?.version != null && row.changed && (
        <StatusBadge tone="info" icon="clock">
          {short ? 'Changed' : 'Unpublished changes'}
        </StatusBadge>
      )}
    </span>
  );
}

function stateBadge(row: State | undefined, short: boolean) {
  if (row?.version == null) return <StatusBadge tone="neutral">Draft</StatusBadge>;
  if (row.live) return <StatusBadge tone="good">{short ? 'Live' : `Live, version ${row.version}`}</StatusBadge>;
  return (
    <StatusBadge tone="attention" icon="pause">
      {short ? 'Stopped' : `Stopped at version ${row.version}`}
    </StatusBadge>
  );
}

/** The same in one word, for sorting and export. */
export function stateWord(row: State): string {
  if (row.version === null) return 'Draft';
  return row.live ? 'Live' : 'Stopped';
}
