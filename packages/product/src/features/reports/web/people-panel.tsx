import { type ApiProblem, asProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment, useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { requestFile } from '@gangway/web/kit/api/request.ts';
import { saveFile } from '@gangway/web/kit/data-table/csv.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Go } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { SidePanel } from '@gangway/web/kit/side-panel.tsx';
import { Button, Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import { reportSheets } from './sheets/report-sheets.ts';
import { cellNamed, type SheetCell } from './sheets/sheet.ts';
import { type Drawn, peopleRequest, usePeopleBehind } from './use-report.ts';

interface PeoplePanelProps {
  readonly drawn: Drawn;
  /** The number as the address names it. */
  readonly open: string;
  readonly onClose: () => void;
}

/**
 * The rows behind a number, as it was counted when it was opened: the report goes on living beside it, and a list that
 * somebody reads must not begin anew with every event. Nothing for a name that no number has.
 */
export function PeoplePanel({ drawn, open, onClose }: PeoplePanelProps) {
  const zone = useTimeZone() ?? 'UTC';
  const find = () => {
    const cell = cellNamed(reportSheets(drawn, zone), open);
    return cell && { drawn, cell };
  };
  const [opened, setOpened] = useState(find);
  // A name that an older answer did not have may be in this one.
  const found = opened ?? find();
  if (!opened && found) setOpened(found);
  return found ? <PeopleBehind drawn={found.drawn} cell={found.cell} onClose={onClose} /> : null;
}

/** Everybody whom a number counts, page by page, and all of them as a file. */
function PeopleBehind({ drawn, cell, onClose }: { drawn: Drawn; cell: SheetCell; onClose: () => void }) {
  const pages = usePeopleBehind(drawn, cell.people);
  const first = pages.data?.pages[0];
  const accounts = first?.of === 'account';
  const people = pages.data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <SidePanel title={cell.label} onClose={onClose} actions={<ExportPeople drawn={drawn} cell={cell} />}>
      <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} />
      {pages.isPending && (
        <Stack gap={8} aria-busy="true">
          <Skeleton h={20} />
          <Skeleton h={20} />
          <Skeleton h={20} />
        </Stack>
      )}
      {first?.total === 0 && (
        <EmptyState picture="person" title="Nobody stands here">
          The number has changed since; the report will show it anew.
        </EmptyState>
      )}
      {first && first.total > 0 && (
        <>
          <p className="gw-number">{plural(first.total, accounts ? 'account' : 'person', accounts ? 'accounts' : 'people')}</p>
          <ul className="gw-funnel-people">
            {people.map(({ id, label }) => (
              <li key={id}>
                <Go to={`/${accounts ? 'accounts' : 'people'}/${encodeURIComponent(id)}`}>{label}</Go>
              </li>
            ))}
          </ul>
          {pages.hasNextPage && (
            <Button variant="default" size="xs" mt="sm" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Show more
            </Button>
          )}
        </>
      )}
    </SidePanel>
  );
}

function ExportPeople({ drawn, cell }: { drawn: Drawn; cell: SheetCell }) {
  const { id } = useEnvironment();
  const zone = useTimeZone() ?? 'UTC';
  const [state, setState] = useState<{ busy: boolean; problem: ApiProblem | null }>({ busy: false, problem: null });
  const save = async () => {
    setState({ busy: true, problem: null });
    try {
      const body = peopleRequest(drawn, cell.people, zone);
      saveFile('people.csv', await requestFile(`/api/e/${id}/reports/${drawn.body.kind}/people/export`, { method: 'POST', body }));
      setState({ busy: false, problem: null });
    } catch (error) {
      setState({ busy: false, problem: asProblem(error) });
    }
  };
  return (
    <>
      {state.problem && <span role="alert">{state.problem.message}</span>}
      <Button variant="default" size="xs" loading={state.busy} leftSection={<Icon name="download" />} onClick={() => void save()}>
        Export
      </Button>
    </>
  );
}
