import { useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { BarChart } from '@gangway/web/kit/charts/bar-chart.tsx';
import { LineChart } from '@gangway/web/kit/charts/line-chart.tsx';
import { shareTick } from '@gangway/web/kit/charts/scale.ts';
import { seriesColor } from '@gangway/web/kit/charts/series-color.ts';
import { Figure } from '@gangway/web/kit/figure.tsx';
import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { durationText } from '@gangway/web/kit/time-text.ts';
import { PathsChart } from './charts/paths-chart.tsx';
import { SurvivalChart } from './charts/survival-chart.tsx';
import { comparedWords, medianText } from './compared-words.ts';
import { FunnelPicture } from './funnel-picture.tsx';
import { lifecycleSheets, lifecycleStates, stickinessSheets } from './sheets/activity-sheets.ts';
import { slotText } from './sheets/retention-sheets.ts';
import { trendSheets } from './sheets/trend-sheets.ts';
import type { Drawn } from './use-report.ts';

interface ReportPictureProps {
  readonly drawn: Drawn;
  /** The people that are open; empty = none. */
  readonly open: string;
  readonly onOpen: (name: string) => void;
}

type DrawnOf<Kind extends string> = {
  readonly answer: Extract<Drawn['answer'], { kind: Kind }>;
  readonly body: Extract<Drawn['body'], { kind: Kind }>;
  readonly onOpen: (name: string) => void;
};

const nameOf = (people: object | undefined) => (people === undefined ? undefined : JSON.stringify(people));

/** The picture of a report, by its kind. */
export function ReportPicture({ drawn: { answer, body }, open, onOpen }: ReportPictureProps) {
  if (answer.kind === 'funnel' && body.kind === 'funnel') return <FunnelPicture answer={answer} body={body} open={open} onOpen={onOpen} />;
  if (answer.kind === 'trend' && body.kind === 'trend') return <TrendPicture {...{ answer, body, onOpen }} />;
  if (answer.kind === 'retention' && body.kind === 'retention') return <RetentionPicture {...{ answer, body, onOpen }} />;
  if (answer.kind === 'lifecycle' && body.kind === 'lifecycle') return <LifecyclePicture {...{ answer, body, onOpen }} />;
  if (answer.kind === 'stickiness' && body.kind === 'stickiness') return <StickinessPicture {...{ answer, body, onOpen }} />;
  if (answer.kind === 'paths' && body.kind === 'paths') return <PathsChart direction={body.direction} {...{ answer, open, onOpen }} />;
  return answer.kind === 'time-to-value' ? <ValuePicture answer={answer} /> : null;
}

function TrendPicture({ answer, body, onOpen }: DrawnOf<'trend'>) {
  const zone = useTimeZone() ?? 'UTC';
  const [sheet] = trendSheets(answer, body, zone);
  if (!sheet) return null;
  const lines = sheet.rows.map(({ head, cells }, index) => ({
    name: head,
    color: seriesColor(index, answer.series[index]?.key?.type === 'other'),
    values: answer.series[index]?.counts ?? [],
    people: cells.slice(1).map(({ people }) => nameOf(people)),
  }));
  return (
    <LineChart
      label={`${lines.map(({ name }) => name).join(', ')} by ${body.unit}. The numbers are in the table below.`}
      columns={sheet.columns.slice(1)}
      lines={lines}
      valueText={countText}
      onOpen={onOpen}
    />
  );
}

function RetentionPicture({ answer, body }: DrawnOf<'retention'>) {
  // The first column is everybody and would flatten the rest.
  const average = answer.average.slice(1);
  if (average.every(({ rate }) => rate === null)) return null;
  return (
    <LineChart
      label="Average share that came back, by time since the start. The numbers are in the table below."
      columns={answer.slots.slice(1).map((slot) => ({ text: slotText(body, slot) }))}
      lines={[{ name: 'Average of the cohorts whose time is over', color: seriesColor(0), values: average.map(({ rate }) => rate) }]}
      valueText={shareText}
      tickText={shareTick}
    />
  );
}

function LifecyclePicture({ answer, body, onOpen }: DrawnOf<'lifecycle'>) {
  const zone = useTimeZone() ?? 'UTC';
  const [sheet] = lifecycleSheets(answer, body.unit, zone);
  if (!sheet) return null;
  const legend = lifecycleStates.map(({ word }, index) => ({ name: word, color: lifecycleColors[index] ?? '' }));
  const bars = answer.periods.map((period, column) => ({
    text: sheet.columns[column]?.text ?? '',
    incomplete: !period.complete,
    parts: lifecycleStates.map(({ state, word }, index) => ({
      name: word,
      color: lifecycleColors[index] ?? '',
      value: period[state],
      text: countText(period[state]),
      people: nameOf(sheet.rows[index]?.cells[column]?.people),
    })),
  }));
  return (
    <BarChart
      label="People by what they are in each period. The numbers are in the table below."
      {...{ bars, legend, onOpen }}
      valueText={countText}
    />
  );
}

/** Returning, new, resurrecting, dormant: those who have gone are red, and hang below zero. */
const lifecycleColors = ['var(--gw-series-0)', 'var(--gw-series-2)', 'var(--gw-series-6)', 'var(--gw-red)'];

function StickinessPicture({ answer, body, onOpen }: DrawnOf<'stickiness'>) {
  const [sheet] = stickinessSheets(answer, body.unit);
  const bars = answer.people.map(({ periods, people }, index) => ({
    text: String(periods),
    parts: [
      {
        name: `active on ${periods}`,
        color: seriesColor(0),
        value: people,
        text: countText(people),
        people: nameOf(sheet?.rows[index]?.cells[0]?.people),
      },
    ],
  }));
  const { n, asOf, formula, average } = answer;
  return (
    <>
      <div className="gw-funnel-facts">
        <Figure
          label={`On an average ${body.unit}`}
          value={shareText(average)}
          {...{ formula, n, asOf }}
          note="of those who were active at all"
        />
      </div>
      <BarChart
        label={`People by the number of active ${body.unit}s. The numbers are in the table below.`}
        {...{ bars, onOpen }}
        valueText={countText}
      />
    </>
  );
}

function ValuePicture({ answer }: { answer: DrawnOf<'time-to-value'>['answer'] }) {
  const { n, asOf, formula, quartiles, reached, open, before } = answer;
  const unit = answer.of === 'person' ? 'people' : 'accounts';
  return (
    <>
      <div className="gw-funnel-facts">
        <Figure
          label="Median time"
          value={quartiles.median === null ? 'not yet' : durationText(quartiles.median)}
          formula={formula}
          n={n}
          asOf={asOf}
          note={quartiles.median === null ? 'Fewer than half have reached it' : 'until half have reached it'}
        />
        <Figure
          label="Reached it so far"
          value={countText(reached)}
          formula={`Those of the ${unit} that began in the range to whom it has happened by now.`}
          n={n}
          asOf={asOf}
          note={`of ${countText(n)} ${unit}, ${countText(open)} still open`}
        />
        {before && (
          <Figure
            label="Median before"
            value={medianText(before)}
            formula={formula}
            n={before.n}
            asOf={asOf}
            note={comparedWords({ of: answer.of, before })}
          />
        )}
      </div>
      <SurvivalChart answer={answer} />
    </>
  );
}
