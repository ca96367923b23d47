import { countText } from '../number-text.ts';
import type { Findings } from './backtest-result.tsx';

interface BacktestChartProps {
  readonly days: Findings['days'];
  /** Whether there is a live version to draw beside the draft. */
  readonly published: boolean;
  readonly many: string;
}

const [width, height] = [360, 120];

/** How many came in on each day: the draft as bars, what is live as a line; the same numbers as a table below. */
export function BacktestChart({ days, published, many }: BacktestChartProps) {
  const top = Math.max(1, ...days.map((day) => Math.max(day.draft, day.published)));
  const step = width / Math.max(1, days.length);
  const y = (value: number) => height - (value / top) * height;
  const line = days.map((day, index) => `${index === 0 ? 'M' : 'L'}${(index + 0.5) * step} ${y(day.published)}`).join(' ');
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  return (
    <figure className="gw-backtest-chart">
      <figcaption>
        New {many} by day: <span data-key="draft">this draft</span>
        {published && (
          <>
            , <span data-key="published">what is live</span>
          </>
        )}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`New ${many} by day, ${first} to ${last}`}>
        {days.map((day, index) => (
          <rect
            key={day.day}
            className="gw-backtest-bar"
            x={index * step + step * 0.1}
            width={step * 0.8}
            y={y(day.draft)}
            height={height - y(day.draft)}
          >
            <title>{`${day.day}: ${countText(day.draft)}${published ? ` (live: ${countText(day.published)})` : ''}`}</title>
          </rect>
        ))}
        {published && <path className="gw-backtest-line" d={line} vectorEffect="non-scaling-stroke" />}
      </svg>
      <div className="gw-backtest-axis gw-quiet gw-number">
        <span>{first}</span>
        <span>{`most on a day: ${countText(top)}`}</span>
        <span>{last}</span>
      </div>
      <DayTable days={days} published={published} />
    </figure>
  );
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
