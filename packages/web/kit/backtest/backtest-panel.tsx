import { Button, Group, Progress, Skeleton, Stack } from '@mantine/core';
import type { BacktestAnswer } from '../api/answers.ts';
import { countText } from '../number-text.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { RelativeTime } from '../relative-time.tsx';
import { SidePanel } from '../side-panel.tsx';
import './backtest.css';
import { BacktestResult } from './backtest-result.tsx';
import { isUnderWay, type TriedDraft, useBacktests } from './use-backtests.ts';

interface BacktestPanelProps extends TriedDraft {
  /** The draft has complaints: it cannot be tried yet. */
  readonly incomplete: boolean;
  /** What it is called inside a sentence: `tour`. */
  readonly noun: string;
  readonly onClose: () => void;
}

/** Tries the draft over what happened in the last 90 days, and says whom it would have concerned. */
export function BacktestPanel({ incomplete, noun, onClose, ...draft }: BacktestPanelProps) {
  const { list, run, start, cancel, none } = useBacktests(draft);
  const busy = run.data !== undefined && isUnderWay(run.data);
  return (
    <SidePanel title="Backtest" onClose={onClose}>
      <Stack gap="md">
        <p className="gw-quiet">
          Runs this draft over everything that was recorded, by the rules’ own code, and compares it with the version that is live. Nothing
          is changed and nobody sees anything.
        </p>
        <ProblemNotice error={list.error ?? start.error ?? run.error ?? cancel.error} />
        {!busy && (
          <Group gap="xs">
            <Button loading={start.isPending} disabled={incomplete} onClick={() => start.mutate()}>
              Run on the last 90 days
            </Button>
            {incomplete && <span className="gw-quiet">{`Finish the ${noun} first.`}</span>}
          </Group>
        )}
        {list.isPending && <Skeleton h={120} />}
        {none && !start.isPending && <p className="gw-quiet">It was not tried yet.</p>}
        {run.data && busy && <Running run={run.data} onCancel={() => cancel.mutate()} />}
        {run.data && !busy && <Ended run={run.data} noun={noun} />}
      </Stack>
    </SidePanel>
  );
}

function Running({ run, onCancel }: { run: BacktestAnswer; onCancel: () => void }) {
  const share = run.of === 0 ? 0 : (run.done / run.of) * 100;
  const queued = run.state === 'queued';
  return (
    <Stack gap="xs" role="status">
      <span className="gw-number">
        {queued ? 'Waits for another backtest to end.' : `Reading the log: ${countText(run.done)} of ${countText(run.of)} batches.`}
      </span>
      <Progress value={share} aria-label="Backtest" animated />
      <Group gap="xs">
        <Button variant="default" onClick={onCancel}>
          Stop it
        </Button>
      </Group>
    </Stack>
  );
}

function Ended({ run, noun }: { run: BacktestAnswer; noun: string }) {
  if (run.state === 'cancelled')
    return (
      <p className="gw-quiet">
        Stopped <RelativeTime at={run.finishedAt ?? run.createdAt} />. Nothing was kept of it.
      </p>
    );
  if (run.state === 'failed') return <p role="alert">It failed: {run.error} The draft is kept; run it again.</p>;
  return run.findings ? <BacktestResult run={run} findings={run.findings} noun={noun} /> : null;
}
