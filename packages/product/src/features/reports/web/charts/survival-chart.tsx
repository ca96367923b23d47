import { Plot, type PlotArea } from '@gangway/web/kit/charts/plot.tsx';
import { shareTick } from '@gangway/web/kit/charts/scale.ts';
import { timeTicks } from '@gangway/web/kit/charts/time-ticks.ts';
import { durationText } from '@gangway/web/kit/time-text.ts';
import type { ValueAnswer } from '../../contract.ts';
import './paths-and-survival.css';

/** The share that has reached the value by a time, a step at each time that somebody did, with its band and the median. */
export function SurvivalChart({ answer }: { answer: ValueAnswer }) {
  const { curve, incidence, quartiles, before } = answer;
  const past = before?.curve ?? [];
  // A little room behind the last step, so that it can be seen.
  const longest = (Math.max(...[curve, incidence, past].map((points) => points.at(-1)?.time ?? 0)) || 1) * 1.1;
  const times = timeTicks(longest);
  const points = [{ time: 0, share: 0, low: 0 as number | null, high: 0 as number | null }, ...curve];
  return (
    <figure className="gw-chart">
      <figcaption className="gw-chart-legend" aria-hidden="true">
        <span className="gw-chart-key">
          <svg width="16" height="10" aria-hidden="true" focusable="false">
            <path className="gw-survival-key" d="M0 8H8V2H16" />
          </svg>
          Reached it (Kaplan–Meier), with the 95 % band
        </span>
        {incidence.length > 0 && (
          <span className="gw-chart-key">
            <svg width="16" height="10" aria-hidden="true" focusable="false">
              <path className="gw-survival-key" data-second d="M0 8H8V4H16" />
            </svg>
            Reached it, when the lost stay lost (Aalen–Johansen)
          </span>
        )}
        {past.length > 0 && (
          <span className="gw-chart-key">
            <svg width="16" height="10" aria-hidden="true" focusable="false">
              <path className="gw-survival-key" data-before d="M0 8H8V4H16" />
            </svg>
            Of the range before
          </span>
        )}
      </figcaption>
      <Plot
        label={`Share that has reached the value by a time. Median ${quartiles.median === null ? 'not reached yet' : durationText(quartiles.median)}.`}
        ticks={[0, 0.25, 0.5, 0.75, 1]}
        tickText={shareTick}
        labels={times.map(({ text }) => text)}
        places={times.map(({ at }) => at / longest)}
      >
        {(area) => (
          <g className="gw-survival">
            <path className="gw-survival-band" d={bandPath(points, area, longest)} />
            {incidence.length > 0 && (
              <path
                className="gw-survival-line"
                data-second
                d={stepPath([{ time: 0, share: 0 }, ...incidence.map(({ time, reached }) => ({ time, share: reached }))], area, longest)}
              />
            )}
            {past.length > 0 && (
              <path className="gw-survival-line" data-before d={stepPath([{ time: 0, share: 0 }, ...past], area, longest)} />
            )}
            <path className="gw-survival-line" d={stepPath(points, area, longest)} />
            {quartiles.median !== null && <Median time={quartiles.median} area={area} longest={longest} />}
          </g>
        )}
      </Plot>
    </figure>
  );
}

function Median({ time, area, longest }: { time: number; area: PlotArea; longest: number }) {
  const x = area.x(time / longest);
  const late = time > longest * 0.7;
  return (
    <g className="gw-survival-median">
      <path d={`M${area.x(0)} ${area.y(0.5)}H${x}V${area.y(0)}`} />
      <text x={late ? x - 6 : x + 6} y={area.y(0) - 8} textAnchor={late ? 'end' : 'start'}>
        {`Median ${durationText(time)}`}
      </text>
    </g>
  );
}

function stepPath(points: readonly { time: number; share: number }[], area: PlotArea, longest: number): string {
  const steps = points.map(({ time, share }, index) => {
    const [x, y] = [area.x(time / longest), area.y(share)];
    return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
  });
  return `${steps.join('')}H${area.x(1)}`;
}

/** Out along the upper ends and back along the lower ones. Where nobody is left there is no band. */
function bandPath(
  points: readonly { time: number; share: number; low: number | null; high: number | null }[],
  area: PlotArea,
  longest: number,
): string {
  const known = points.filter((point): point is typeof point & { low: number; high: number } => point.low !== null && point.high !== null);
  const end = points.length === known.length ? area.x(1) : area.x((points[known.length]?.time ?? longest) / longest);
  const out = known.map(({ time, high }, index) => {
    const [x, y] = [area.x(time / longest), area.y(high)];
    return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
  });
  const back = [...known].reverse().map(({ time, low }) => `V${area.y(low)}H${area.x(time / longest)}`);
  return `${out.join('')}H${end}${back.join('')}Z`;
}
