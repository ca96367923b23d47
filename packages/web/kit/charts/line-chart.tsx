import { useState } from 'react';
import { Plot, type PlotArea } from './plot.tsx';
import { roundTicks } from './scale.ts';

export interface Line {
  readonly name: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
  /** How the people behind each point are called; undefined where nobody is. */
  readonly people?: readonly (string | undefined)[];
}

interface LineChartProps {
  readonly label: string;
  readonly columns: readonly { readonly text: string; readonly incomplete?: boolean | undefined }[];
  readonly lines: readonly Line[];
  readonly valueText: (value: number) => string;
  /** As it is written on the axis; like any value when absent. */
  readonly tickText?: (value: number) => string;
  /** The highest value that the scale reaches at least. */
  readonly most?: number;
  readonly onOpen?: (name: string) => void;
}

/** Lines over periods, from zero. What is not over yet is dashed. The pointer reads a period and opens the nearest point. */
export function LineChart({ label, columns, lines, valueText, tickText = valueText, most = 0, onOpen }: LineChartProps) {
  const [at, setAt] = useState<number | undefined>(undefined);
  const values = lines.flatMap((line) => line.values.map((value) => value ?? 0));
  const ticks = roundTicks(Math.max(most, ...values), { whole: most === 0 && values.every(Number.isInteger) });
  const placeOf = (index: number) => (index + 0.5) / columns.length;
  return (
    <figure className="gw-chart">
      <Legend lines={lines} at={at} valueText={valueText} period={at === undefined ? undefined : columns[at]} />
      <Plot label={label} ticks={ticks} tickText={tickText} labels={columns.map(({ text }) => text)}>
        {(area) => (
          <>
            {at !== undefined && (
              <line className="gw-plot-at" x1={area.x(placeOf(at))} x2={area.x(placeOf(at))} y1={12} y2={12 + area.height} />
            )}
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what is drawn has no identity but its place.
              <LinePath key={index} line={line} area={area} columns={columns} at={at} placeOf={placeOf} />
            ))}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; every point is a button in the table below. */}
            <rect
              className="gw-plot-touch"
              data-opens={onOpen ? true : undefined}
              x={area.x(0)}
              y={0}
              width={area.width}
              height={area.height + 24}
              onPointerMove={(event) => setAt(columnAt(event, columns.length))}
              onPointerLeave={() => setAt(undefined)}
              onClick={(event) => {
                const column = columnAt(event, columns.length);
                const name = nearest(lines, { column, area, y: event.clientY - event.currentTarget.getBoundingClientRect().top });
                if (name) onOpen?.(name);
              }}
            />
          </>
        )}
      </Plot>
    </figure>
  );
}

function columnAt(event: React.MouseEvent<SVGRectElement>, count: number): number {
  const box = event.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - box.left) / box.width) * count)));
}

/** The people of the line that lies nearest to the pointer in a column. */
function nearest(lines: readonly Line[], { column, area, y }: { column: number; area: PlotArea; y: number }): string | undefined {
  const distance = (line: Line) => Math.abs(area.y(line.values[column] ?? 0) - y);
  const candidates = lines.filter(({ people }) => people?.[column] !== undefined).sort((a, b) => distance(a) - distance(b));
  return candidates[0]?.people?.[column];
}

interface LinePathProps {
  readonly line: Line;
  readonly area: PlotArea;
  readonly columns: LineChartProps['columns'];
  readonly at: number | undefined;
  readonly placeOf: (index: number) => number;
}

function LinePath({ line, area, columns, at, placeOf }: LinePathProps) {
  const point = (index: number) => {
    const value = line.values[index];
    return value === null || value === undefined ? undefined : ([area.x(placeOf(index)), area.y(value)] as const);
  };
  const stretch = (from: number, to: number) => {
    const start = point(from);
    const end = point(to);
    if (!start || !end) return null;
    const dashed = columns[to]?.incomplete === true || columns[from]?.incomplete === true;
    return <path key={to} d={`M${start.join(' ')}L${end.join(' ')}`} data-dashed={dashed || undefined} />;
  };
  const dots = columns.map((_, index) => index).filter((index) => index === at || columns.length <= 31);
  return (
    <g className="gw-plot-series" stroke={line.color} fill={line.color}>
      {columns.slice(1).map((_, index) => stretch(index, index + 1))}
      {dots.map((index) => {
        const place = point(index);
        return place && <circle key={index} cx={place[0]} cy={place[1]} r={index === at ? 4.5 : 2.5} />;
      })}
    </g>
  );
}

interface LegendProps extends Pick<LineChartProps, 'lines' | 'valueText'> {
  readonly at: number | undefined;
  readonly period: LineChartProps['columns'][number] | undefined;
}

/** What each colour means, and what the pointer reads. */
function Legend({ lines, at, valueText, period }: LegendProps) {
  return (
    <figcaption className="gw-chart-legend" aria-hidden="true">
      {lines.map(({ name, color, values }, index) => {
        const value = at === undefined ? undefined : values[at];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is drawn has no identity but its place.
          <span key={index} className="gw-chart-key">
            <svg width="10" height="10" aria-hidden="true" focusable="false">
              <circle cx="5" cy="5" r="4" fill={color} />
            </svg>
            <span className="gw-cut">{name}</span>
            {value !== undefined && value !== null && <b className="gw-number">{valueText(value)}</b>}
          </span>
        );
      })}
      <span className="gw-chart-period gw-quiet">{period && `${period.text}${period.incomplete ? ', incomplete' : ''}`}</span>
    </figcaption>
  );
}
