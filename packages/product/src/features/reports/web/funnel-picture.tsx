import { useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { BarChart } from '@gangway/web/kit/charts/bar-chart.tsx';
import { LineChart } from '@gangway/web/kit/charts/line-chart.tsx';
import { shareTick } from '@gangway/web/kit/charts/scale.ts';
import { seriesColor } from '@gangway/web/kit/charts/series-color.ts';
import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import type { FunnelAnswer } from '../contract.ts';
import type { BodyOf } from './forms/form-of.ts';
import { FunnelChart } from './funnel-chart.tsx';
import { FunnelFacts } from './funnel-facts.tsx';
import { binText } from './sheets/funnel-sheets.ts';
import { groupText } from './sheets/group-text.ts';
import { periodText } from './sheets/period-text.ts';

interface FunnelPictureProps {
  readonly answer: FunnelAnswer;
  readonly body: BodyOf<'funnel'>;
  readonly open: string;
  readonly onOpen: (name: string) => void;
}

const nameOf = (cell: object) => JSON.stringify(cell);

/** The funnel, and where asked for its groups, its conversion over time and how long it took. */
export function FunnelPicture({ answer, body, open, onOpen }: FunnelPictureProps) {
  const opened = answer.steps.findIndex((_, step) => nameOf({ step, went: 'reached' }) === open);
  return (
    <>
      <FunnelFacts answer={answer} />
      <FunnelChart
        steps={answer.steps}
        open={opened < 0 ? undefined : opened}
        onOpen={(step) => onOpen(nameOf({ step, went: 'reached' }))}
      />
      {answer.groups && answer.groups.length > 0 && <GroupPicture answer={answer} />}
      {answer.trend && body.over && <TrendPicture answer={answer} body={body} onOpen={onOpen} />}
      {answer.time && <TimePicture answer={answer} onOpen={onOpen} />}
    </>
  );
}

/** How each group goes down the steps, as shares of its own first step. */
function GroupPicture({ answer: { groups, steps } }: { answer: FunnelAnswer }) {
  const lines = (groups ?? []).map(({ key, reached }, index) => ({
    name: groupText(key),
    color: seriesColor(index, key.type === 'other'),
    values: reached.map((people) => (reached[0] ? people / reached[0] : null)),
    people: reached.map((people, step) => (people === 0 ? undefined : nameOf({ step, went: 'reached', group: key }))),
  }));
  return (
    <section className="gw-report-part">
      <h3>By group, share of the first step</h3>
      <LineChart
        label="Share of each group that comes to each step. The numbers are in the table below."
        columns={steps.map(({ label }, index) => ({ text: `${index + 1} ${label}` }))}
        lines={lines}
        valueText={shareText}
        tickText={shareTick}
        most={1}
      />
    </section>
  );
}

function TrendPicture({ answer: { trend, steps }, body, onOpen }: Omit<FunnelPictureProps, 'open'>) {
  const zone = useTimeZone() ?? 'UTC';
  const periods = trend ?? [];
  return (
    <section className="gw-report-part">
      <h3>Share that completes, by the period of step 1</h3>
      <LineChart
        label="Share that completes the funnel, by the period of the first step. The numbers are in the table below."
        columns={periods.map(({ start, complete }) => ({ text: periodText(start, body.over ?? 'day', zone), incomplete: !complete }))}
        lines={[
          {
            name: 'Complete it',
            color: seriesColor(0),
            values: periods.map(({ entered, converted }) => (entered === 0 ? null : converted / entered)),
            people: periods.map(({ converted }, period) =>
              converted === 0 ? undefined : nameOf({ step: steps.length - 1, went: 'reached', period }),
            ),
          },
        ]}
        valueText={shareText}
        tickText={shareTick}
        onOpen={onOpen}
      />
    </section>
  );
}

function TimePicture({ answer: { time, steps }, onOpen }: { answer: FunnelAnswer; onOpen: (name: string) => void }) {
  const bars = (time?.histogram ?? []).map(({ from, to, count }) => ({
    text: binText(from, to),
    parts: [
      {
        name: 'People',
        color: seriesColor(0),
        value: count,
        text: countText(count),
        people: count === 0 ? undefined : nameOf({ step: steps.length - 1, went: 'reached', took: { from, to } }),
      },
    ],
  }));
  return (
    <section className="gw-report-part">
      <h3>Time to complete</h3>
      <BarChart
        label="People by the time from the first step to the last. The numbers are in the table below."
        height={200}
        {...{ bars, onOpen }}
        valueText={countText}
      />
    </section>
  );
}
