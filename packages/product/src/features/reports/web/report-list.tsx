import type { DefinitionRow } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DefinitionList } from '@gangway/web/kit/definitions/definition-list.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Radio, Select } from '@mantine/core';
import { Activation } from './activation.tsx';
import { starterOf } from './report-starters.ts';
import { kindWords, reportKinds, reportWords } from './report-words.ts';

/** The activation rate, and every saved report. `?new=retention` offers a report of that kind. */
export function ReportList() {
  const kinds = useAnswer<{ kinds: Readonly<Record<string, string>> }>('reports/kinds', undefined, { fresh: true }).data?.kinds;
  const [kind, setKind] = useUrlState('kind', 'any');
  const [creating, setCreating] = useUrlState('new');
  const chosen = kindWords(creating).kind;
  const titleOf = (row: DefinitionRow) => (kinds && row.id in kinds ? kindWords(kinds[row.id] ?? '').title : '');
  const column: Column<DefinitionRow> = {
    key: 'kind',
    header: 'Kind',
    sortable: true,
    from: 'tablet',
    value: titleOf,
    cell: (row) => titleOf(row) || <span className="gw-quiet">–</span>,
  };
  return (
    <DefinitionList
      words={reportWords}
      purpose="Questions to what people did, saved for everybody: funnels, retention, trends and more."
      whatFor="A report answers one question and opens the people behind every number of its answer."
      starter={(name) => starterOf(chosen, name)}
      above={<Activation />}
      more={{
        columns: [column],
        keep: (row) => kind === 'any' || titleOf(row) === kindWords(kind).title,
        filters: (
          <Select
            aria-label="Kind"
            w={150}
            allowDeselect={false}
            data={[{ value: 'any', label: 'Any kind' }, ...reportKinds.map(({ kind: value, title }) => ({ value, label: title }))]}
            value={kind}
            onChange={(next) => setKind(next ?? 'any')}
          />
        ),
        choice: (
          <Radio.Group label="Kind" value={chosen} onChange={setCreating}>
            <div className="gw-report-kinds">
              {reportKinds.map(({ kind: value, title, question }) => (
                <Radio key={value} value={value} label={title} description={question} />
              ))}
            </div>
          </Radio.Group>
        ),
      }}
    />
  );
}
