import { DefinitionLoader } from '@gangway/web/kit/definitions/definition-loader.tsx';
import { EditorFrame } from '@gangway/web/kit/definitions/editor-frame.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { useParam } from '@gangway/web/kit/go.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Skeleton, Stack } from '@mantine/core';
import type { Funnel } from '../funnel.ts';
import { FunnelChart } from './funnel-chart.tsx';
import { funnelComplaints } from './funnel-complaints.ts';
import { FunnelFacts } from './funnel-facts.tsx';
import { FunnelForm } from './funnel-form.tsx';
import { FunnelPeoplePanel } from './funnel-people.tsx';
import { funnelWords } from './funnel-words.ts';
import { RangeField, useRange } from './range-field.tsx';
import './reports.css';
import { useFunnel } from './use-funnel.ts';

/** One funnel: drawn on the left as it is edited, its form on the right. */
export function FunnelPage() {
  const id = useParam('id');
  return (
    <DefinitionLoader<Funnel> key={id} id={id} words={funnelWords} complaints={funnelComplaints}>
      {(editing) => (
        <EditorFrame
          editing={editing}
          words={funnelWords}
          aside={
            <div className="gw-funnel-form">
              <FunnelForm editing={editing} />
            </div>
          }
        >
          <DrawnFunnel editing={editing} />
        </EditorFrame>
      )}
    </DefinitionLoader>
  );
}

function DrawnFunnel({ editing }: { editing: Editing<Funnel> }) {
  const { body } = editing.draft;
  const [range, setRange] = useRange();
  const [openText, setOpen] = useUrlState('step');
  const ready = funnelComplaints(body).every((issue) => issue.path[0] === 'name');
  const answer = useFunnel(body, range, ready);
  const open = openText === '' ? undefined : Number(openText);
  const openStep = open === undefined ? undefined : answer.data?.steps[open];
  return (
    <section className="gw-funnel-drawn" aria-label="Funnel" aria-busy={answer.isFetching}>
      <header>
        <h2>People who start in the last</h2>
        <RangeField value={range} onChange={setRange} />
      </header>
      <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      {!ready && !answer.data && (
        <EmptyState picture="funnel" title="Choose the steps">
          As soon as every step is chosen, the funnel is drawn here.
        </EmptyState>
      )}
      {ready && answer.isPending && (
        <Stack gap="xs" aria-busy="true">
          <Skeleton h={64} />
          <Skeleton h={36} />
          <Skeleton h={36} w="70%" />
          <Skeleton h={36} w="40%" />
        </Stack>
      )}
      {answer.data && (
        <div className="gw-funnel-answer">
          {!ready && <p className="gw-funnel-caption">Drawn for the steps as they were; choose the missing ones to see it anew.</p>}
          <FunnelFacts answer={answer.data} />
          {answer.data.n === 0 ? (
            <EmptyState picture="funnel" title="Nobody started in this range">
              Nobody did the first step. Take a longer range, or check the name of the event under Live.
            </EmptyState>
          ) : (
            <FunnelChart steps={answer.data.steps} open={open} onOpen={(step) => setOpen(open === step ? '' : String(step))} />
          )}
          <p className="gw-funnel-caption">
            n = {countText(answer.data.n)}, as of <RelativeTime at={answer.data.asOf} />. {answer.data.formula}
          </p>
        </div>
      )}
      {open !== undefined && openStep && (
        <FunnelPeoplePanel key={open} funnel={body} range={range} step={open} label={openStep.label} onClose={() => setOpen('')} />
      )}
    </section>
  );
}
