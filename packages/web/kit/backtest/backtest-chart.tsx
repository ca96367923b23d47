import { BarChart } from '../charts/bar-chart.tsx';
import { seriesColor } from '../charts/series-color.ts';
import { countText } from '../number-text.ts';
import type { Findings } from './backtest-result.tsx';

interface BacktestChartProps {
  readonly days: Findings['days'];
  /** Whether there is a live version to draw beside the draft. */
  readonly published: boolean;
  readonly many: string;
}

const draft = { name: 'this draft', color: seriesColor(0) };
const live = { name: 'what is live', color: seriesColor(1) };

/** How many came in on each day: the draft as bars, what is live as a line; the same numbers as a table below. */
export function BacktestChart({ days, published, many }: BacktestChartProps) {
  const caption = `New ${many} by day`;
  return (
    <section className="gw-backtest-chart">
      <h3>{caption}</h3>
      <BarChart
        label={`${caption}, ${days[0]?.day} to ${days.at(-1)?.day}`}
        height={180}
        legend={published ? [draft, live] : [draft]}
        bars={days.map((day) => ({ text: dayText(day.day), parts: [{ ...draft, value: day.draft, text: textOf(day, published) }] }))}
        line={published ? { ...live, values: days.map((day) => day.published) } : undefined}
        valueText={countText}
      />
      <DayTable days={days} published={published} />
    </section>
  );
}

/** “2026-03-29” as it fits below a bar: “29 Mar”. */
function dayText(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

function textOf(day: Findings['days'][number], published: boolean): string {
  return `${countText(day.draft)}${published ? `, ${live.name} ${countText(day.published)}` : ''}`;
}

function DayTable({ days, published }: Pick<BacktestChartProps, 'days' | 'published'>) {
  const busy = days.filter((day) => day.draft + day.published > 0);
  if (busy.length === 0) return <p className="gw-quiet">Nobody came in on any of these days.</p>;
  return (
    <details>
      <summary>Counts by day</summary>
      <table className="gw-backtest-days gw-number">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Draft</th>
            {published && <th scope="col">Live</th>}
          </tr>
        </thead>
        <tbody>
          {busy.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td>{countText(day.draft)}</td>
              {published && <td>{countText(day.published)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
