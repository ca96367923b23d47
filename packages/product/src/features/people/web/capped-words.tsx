import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import type { VarietyAnswer } from '../contract.ts';

type CappedWord = VarietyAnswer['capped'][number];

const kinds = { event: 'Event name', property: 'Key', people: 'People' } as const;

function nameOf({ kind, of, word }: CappedWord): string {
  if (kind === 'people') return 'New people';
  if (word === '') return kind === 'event' ? 'All other names' : 'All other keys';
  return kind === 'event' ? word : `${word} of “${of}”`;
}

const columns: readonly Column<CappedWord>[] = [
  { key: 'name', header: 'Too many', grow: 3, value: nameOf, cell: nameOf },
  { key: 'kind', header: 'Kind', from: 'tablet', value: ({ kind }) => kinds[kind], cell: ({ kind }) => kinds[kind] },
  { key: 'count', header: 'Events', numeric: true, value: ({ count }) => count, cell: ({ count }) => countText(count) },
  {
    key: 'firstAt',
    header: 'Since',
    from: 'tablet',
    value: ({ firstAt }) => new Date(firstAt).toISOString(),
    cell: ({ firstAt }) => <RelativeTime at={firstAt} />,
  },
  {
    key: 'lastAt',
    header: 'Last',
    value: ({ lastAt }) => new Date(lastAt).toISOString(),
    cell: ({ lastAt }) => <RelativeTime at={lastAt} />,
  },
];

/** What was one name, key or person too many, most frequent first. */
export function CappedWords({ words }: { words: readonly CappedWord[] }) {
  return (
    <DataTable
      name="capped-words"
      unit={['name', 'names']}
      columns={columns}
      rows={words}
      rowKey={({ kind, of, word }) => JSON.stringify([kind, of, word])}
      rowLabel={nameOf}
      loading={false}
      empty={
        <EmptyState picture="calm" title="Nothing was too many">
          A name, a key or a person above its cap is counted here, so that a bug which makes new ones shows early.
        </EmptyState>
      }
    />
  );
}
