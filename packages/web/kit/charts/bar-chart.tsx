import { Plot } from './plot.tsx';
import { roundTicks } from './scale.ts';

export interface BarPart {
  readonly name: string;
  readonly color: string;
  readonly value: number;
  readonly text: string;
  /** How the people behind it are called; undefined where nobody is. */
  readonly people?: string | undefined;
}

interface BarChartProps {
  readonly label: string;
  /** Parts above zero stand on each other, parts below hang under each other. */
  readonly bars: readonly { readonly text: string; readonly incomplete?: boolean | undefined; readonly parts: readonly BarPart[] }[];
  readonly valueText: (value: number) => string;
  readonly legend?: readonly { readonly name: string; readonly color: string }[];
  readonly height?: number;
  /** Something to compare the bars with: one value a bar. */
  readonly line?: { readonly name: string; readonly color: string; readonly values: readonly number[] } | undefined;
  /** Absent where nobody stands behind a part. */
  readonly onOpen?: (name: string) => void;
}

/** Bars from zero, in both directions, and perhaps a line over them; what is not over yet is paler. The pointer opens the people of a part. */
export function BarChart({ label, bars, valueText, legend = [], height = 260, line, onOpen }: BarChartProps) {
  const sum = (sign: 1 | -1) =>
    Math.max(0, ...bars.map(({ parts }) => parts.reduce((total, { value }) => total + Math.max(0, sign * value), 0)));
  const [above, below] = [Math.max(sum(1), ...(line?.values ?? [])), sum(-1)];
  const values = [...bars.flatMap(({ parts }) => parts.map(({ value }) => value)), ...(line?.values ?? [])];
  const step = roundTicks(Math.max(above, below), { whole: values.every(Number.isInteger) }).at(1) ?? 1;
  const ticks = ticksBetween(-Math.ceil(below / step - 1e-9), Math.max(1, Math.ceil(above / step - 1e-9))).map((count) => count * step);
  return (
    <figure className="gw-chart">
      {legend.length > 0 && (
        <figcaption className="gw-chart-legend" aria-hidden="true">
          {legend.map(({ name, color }) => (
            <span key={name} className="gw-chart-key">
              <svg width="10" height="10" aria-hidden="true" focusable="false">
                <rect width="10" height="10" rx="2" fill={color} />
              </svg>
              {name}
            </span>
          ))}
        </figcaption>
      )}
      <Plot label={label} ticks={ticks} tickText={valueText} labels={bars.map(({ text }) => text)} height={height}>
        {(area) => {
          const each = area.width / Math.max(1, bars.length);
          const width = Math.max(2, Math.min(48, each * 0.72));
          const drawn = bars.map(({ text, parts, incomplete }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what is drawn has no identity but its place.
            <g key={index} className="gw-plot-bar" data-incomplete={incomplete || undefined}>
              {stacked(parts).map(({ part, from, to }) => (
                // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; every part is a button in the table below.
                <rect
                  key={part.name}
                  x={area.x((index + 0.5) / bars.length) - width / 2}
                  width={width}
                  y={area.y(Math.max(from, to))}
                  height={Math.max(0, Math.abs(area.y(from) - area.y(to)))}
                  fill={part.color}
                  data-opens={part.people ? true : undefined}
                  onClick={() => part.people && onOpen?.(part.people)}
                >
                  <title>{`${text}${incomplete ? ', incomplete' : ''}: ${part.name} ${part.text}`}</title>
                </rect>
              ))}
            </g>
          ));
          const middle = (index: number) => area.x((index + 0.5) / bars.length);
          return (
            <>
              {drawn}
              {line && (
                <g className="gw-plot-series">
                  <path d={`M${line.values.map((value, index) => `${middle(index)} ${area.y(value)}`).join('L')}`} stroke={line.color} />
                </g>
              )}
            </>
          );
        }}
      </Plot>
    </figure>
  );
}

function ticksBetween(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

function stacked(parts: readonly BarPart[]) {
  let [up, down] = [0, 0];
  return parts
    .filter(({ value }) => value !== 0)
    .map((part) => {
      const from = part.value > 0 ? up : down;
      if (part.value > 0) up += part.value;
      else down += part.value;
      return { part, from, to: from + part.value };
    });
}
