import { Stack } from '@mantine/core';
import type { BacktestAnswer } from '../api/answers.ts';
import { Figure } from '../figure.tsx';
import { countText, plural } from '../number-text.ts';
import { RelativeTime } from '../relative-time.tsx';
import { BacktestChart } from './backtest-chart.tsx';
import { BacktestPeople } from './backtest-people.tsx';

export type Findings = NonNullable<BacktestAnswer['findings']>;

interface BacktestResultProps {
  readonly run: BacktestAnswer;
  readonly findings: Findings;
  readonly noun: string;
}

const day = 86_400_000;

/** What a backtest found: how many, compared with what is live, by day, and who. */
export function BacktestResult({ run, findings, noun }: BacktestResultProps) {
  const { draft, published, changes, known, kind } = findings;
  const many = kind === 'account' ? 'accounts' : 'people';
  const formula = `${many} for whom the rule was true at some time until the end of the period, by the recorded events`;
  const figure = { n: known, asOf: run.until };
  return (
    <Stack gap="md">
      <p className="gw-quiet">
        As of <RelativeTime at={run.until} />, over {plural(findings.events, 'event', 'events')} of {plural(known, oneOf(kind), many)}.
      </p>
      <div className="gw-backtest-figures">
        <Figure {...figure} label="This draft" value={boundsText(draft.subjects)} formula={formula} note={timesNote(draft, many)} />
        {published && (
          <Figure
            {...figure}
            label={`Version ${run.publishedVersion}`}
            value={boundsText(published.subjects)}
            formula={formula}
            note={timesNote(published, many)}
          />
        )}
      </div>
      {published ? (
        <p className="gw-number">
          <strong>{countText(changes.gained)}</strong> gained, <strong>{countText(changes.lost)}</strong> lost,{' '}
          <strong>{countText(changes.same)}</strong> the same.
        </p>
      ) : (
        <p className="gw-quiet">{`No version of this ${noun} is live, so there is nothing to compare with.`}</p>
      )}
      <BacktestChart days={findings.days} published={published !== null} many={many} />
      <Notes run={run} findings={findings} many={many} />
      <BacktestPeople run={run.id} kind={kind} compared={published !== null} changes={changes} />
    </Stack>
  );
}

function oneOf(kind: Findings['kind']): string {
  return kind === 'account' ? 'account' : 'person';
}

/** “214”, or “120 to 214” where only bounds are known. */
function boundsText({ low, high }: Findings['draft']['subjects']): string {
  return low === high ? countText(high) : `${countText(low)} to ${countText(high)}`;
}

function timesNote({ times, before }: Findings['draft'], many: string): string {
  const came = `came in ${plural(times, 'time', 'times')}`;
  return before === 0 ? came : `${came}; ${countText(before)} of these ${many} before the period`;
}

/** What the numbers do not know. */
function Notes({ run, findings, many }: { run: BacktestAnswer; findings: Findings; many: string }) {
  const { since, late, failed, pagesMissing } = findings;
  const short = since !== null && since > run.from + day;
  const notes = [
    ...(since === null ? ['Nothing is recorded here yet.'] : []),
    ...(pagesMissing
      ? [`The rule asks for a page, and not every page was recorded: of these ${many} the first figure is certain, the second possible.`]
      : []),
    ...(late > 0 ? [`${plural(late, 'event was', 'events were')} brought in later and counted at the time they happened.`] : []),
    ...(failed > 0 ? [`${plural(failed, 'entry', 'entries')} could not be applied and were left out.`] : []),
  ];
  if (notes.length === 0 && !short) return null;
  return (
    <ul className="gw-backtest-notes gw-quiet">
      {short && (
        <li>
          The log begins <RelativeTime at={since} />: nothing is known of the days before.
        </li>
      )}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
