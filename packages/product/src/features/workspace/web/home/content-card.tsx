import type { DefinitionRow } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Go } from '@gangway/web/kit/go.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Skeleton } from '@mantine/core';

const kinds = ['guides', 'checklists'] as const;
type Live = DefinitionRow & { readonly kind: (typeof kinds)[number] };

/** What is live in the page, and what people did with it since it was published. */
export function ContentCard() {
  const guides = useAnswer<{ definitions: readonly DefinitionRow[] }>('definitions/guides');
  const checklists = useAnswer<{ definitions: readonly DefinitionRow[] }>('definitions/checklists');
  const answers = { guides, checklists };
  const live = kinds.flatMap((kind) =>
    (answers[kind].data?.definitions ?? []).filter((row) => row.live).map((row): Live => ({ ...row, kind })),
  );
  const pending = guides.isPending || checklists.isPending;
  const known = guides.data !== undefined && checklists.data !== undefined;
  return (
    <div className="gw-card">
      <Section title="Live in the page">
        <ProblemNotice error={guides.error ?? checklists.error} />
        {pending && <Skeleton height={60} />}
        {known && live.length === 0 && (
          <p className="gw-home-none">
            Nothing is live.{' '}
            <Go to="/guides" className="gw-inline-link">
              Make a guide
            </Go>{' '}
            or{' '}
            <Go to="/checklists" className="gw-inline-link">
              a checklist
            </Go>{' '}
            that leads people to their first value.
          </p>
        )}
        {live.length > 0 && <ContentTable live={live} />}
      </Section>
    </div>
  );
}

function ContentTable({ live }: { live: readonly Live[] }) {
  return (
    <table className="gw-content-table">
      <thead>
        <tr>
          <th scope="col">Content</th>
          <th scope="col">People</th>
          <th scope="col">Completed</th>
          <th scope="col">Dismissed</th>
        </tr>
      </thead>
      <tbody>
        {live.map((row) => (
          <tr key={`${row.kind} ${row.id}`}>
            <td>
              <Go to={`/${row.kind}/${encodeURIComponent(row.id)}`}>{row.name}</Go>
            </td>
            <td>{count(everybody(row))}</td>
            <td>{count(row.numbers.completed)}</td>
            <td>{count(row.numbers.dismissed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Each person is in one state: together they are everybody it has reached. */
function everybody(row: Live): number {
  return Object.values(row.numbers).reduce((sum, people) => sum + people, 0);
}

/** The server counts the states that occur; one that is not named has nobody in it. */
function count(value = 0): string {
  return countText(value);
}
