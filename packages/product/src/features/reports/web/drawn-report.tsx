import { useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { saveFile } from '@gangway/web/kit/data-table/csv.ts';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button, Skeleton, Stack } from '@mantine/core';
import type { ReportBody } from '../contract.ts';
import { withKind } from '../report-kind.ts';
import { PeoplePanel } from './people-panel.tsx';
import { RangeField, useRange } from './range-field.tsx';
import { ReportCaption } from './report-caption.tsx';
import { reportComplaints } from './report-complaints.ts';
import { ReportPicture } from './report-picture.tsx';
import { kindWords } from './report-words.ts';
import { savedRange, withRange } from './saved-range.ts';
import { SheetTable } from './sheet-table.tsx';
import { reportSheets } from './sheets/report-sheets.ts';
import { sheetsCsv } from './sheets/sheet.ts';
import { type Drawn, useReport } from './use-report.ts';
import { WaitingLine } from './waiting-line.tsx';

/** The answer of a report over a range: picture, tables, and the people behind the number that is open. */
export function DrawnReport({ editing }: { editing: Editing<ReportBody> }) {
  const body = withKind(editing.draft.body);
  const { title } = kindWords(body.kind);
  const usual = savedRange(body);
  const [range, setRange] = useRange(usual);
  const ready = reportComplaints(body).every((issue) => issue.path[0] === 'name');
  const answer = useReport(body, range, ready);
  return (
    <section className="gw-funnel-drawn" aria-label={title} aria-busy={answer.isFetching}>
      <header>
        <h2>{body.kind === 'funnel' || body.kind === 'time-to-value' ? 'Who starts in the' : 'In the'}</h2>
        <RangeField value={range} onChange={setRange} />
        {range !== usual && (
          <Button variant="subtle" size="compact-xs" onClick={() => editing.change(withRange(body, range))}>
            Open with this range
          </Button>
        )}
      </header>
      <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      {!ready && !answer.data && (
        <EmptyState picture={kindWords(body.kind).picture} title={body.kind === 'funnel' ? 'Choose the steps' : 'Choose the events'}>
          As soon as everything is chosen, the report is drawn here.
        </EmptyState>
      )}
      <WaitingLine waits={answer.isFetching} />
      {ready && answer.isPending && <ReportSkeleton />}
      {answer.data && <Answered drawn={answer.data} ready={ready} editing={editing} />}
    </section>
  );
}

function ReportSkeleton() {
  return (
    <Stack gap="xs" aria-busy="true">
      <Skeleton h={64} w="50%" />
      <Skeleton h={260} />
      <Skeleton h={36} />
      <Skeleton h={36} />
    </Stack>
  );
}

function Answered({ drawn, ready, editing }: { drawn: Drawn; ready: boolean; editing: Editing<ReportBody> }) {
  const zone = useTimeZone() ?? 'UTC';
  const [open, setOpen] = useUrlState('cell');
  const sheets = reportSheets(drawn, zone);
  const { name } = editing.draft.body;
  return (
    <div className="gw-funnel-answer">
      {!ready && <p className="gw-funnel-caption">Drawn for the report as it was; choose what is missing to see it anew.</p>}
      {drawn.answer.n === 0 ? (
        <EmptyState
          picture={kindWords(drawn.body.kind).picture}
          title={drawn.body.kind === 'funnel' ? 'Nobody started in this range' : 'Nothing in this range'}
        >
          Nobody did it. Take a longer range, or check the name of the event under Live.
        </EmptyState>
      ) : (
        <>
          <ReportPicture drawn={drawn} open={open} onOpen={(next) => setOpen(open === next ? '' : next)} />
          <div className="gw-report-sheets">
            <header>
              <h3>Numbers</h3>
              <Button
                variant="default"
                size="xs"
                leftSection={<Icon name="download" />}
                onClick={() => saveFile(`${fileName(name)}.csv`, sheetsCsv(sheets))}
              >
                Export CSV
              </Button>
            </header>
            {sheets.map((sheet) => (
              <section key={sheet.title}>
                {sheets.length > 1 && <h4>{sheet.title}</h4>}
                <SheetTable sheet={sheet} open={open} onOpen={setOpen} />
              </section>
            ))}
          </div>
        </>
      )}
      <ReportCaption drawn={drawn} version={editing.answer} />
      {open !== '' && <PeoplePanel key={`${drawn.asked} ${open}`} drawn={drawn} open={open} onClose={() => setOpen('')} />}
    </div>
  );
}

/** A name as a file may be called everywhere. */
function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'report'
  );
}
