import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import './charts.css';
import { labelledPlaces } from './scale.ts';

/** Where a chart draws, in pixels. */
export interface PlotArea {
  readonly width: number;
  readonly height: number;
  readonly x: (share: number) => number;
  readonly y: (value: number) => number;
}

interface PlotProps {
  /** What the picture shows, for those who do not see it; the numbers are in the table below. */
  readonly label: string;
  /** From the lowest to the highest line. */
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
  /** Below the plot, in the middle of equal stretches, or at `places`. */
  readonly labels: readonly string[];
  /** Shares of the width, evenly apart. */
  readonly places?: readonly number[];
  readonly height?: number;
  readonly children: (area: PlotArea) => ReactNode;
}

const margin = { top: 12, right: 24, bottom: 24, left: 48 };
/** Letters of a label that are written. */
const longestLabel = 18;

/** Axis, lines and labels of a chart; what is drawn inside comes from its child. As wide as its place. */
export function Plot({ label, ticks, tickText, labels, places, height = 260, children }: PlotProps) {
  const { ref, width } = useElementSize();
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const inner = { width: Math.max(0, width - margin.left - margin.right), height: height - margin.top - margin.bottom };
  const area: PlotArea = {
    ...inner,
    x: (share) => margin.left + share * inner.width,
    y: (value) => margin.top + (1 - (value - low) / (high - low || 1)) * inner.height,
  };
  const texts = labels.map((text) => (text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text));
  // About 7 pixels a letter.
  const written = labelledPlaces(labels.length, inner.width, 7 * Math.max(5, ...texts.map((text) => text.length)) + 12);
  return (
    <div ref={ref} className="gw-plot" style={{ minHeight: height }}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <g className="gw-plot-lines">
            {ticks.map((tick) => (
              <g key={tick} data-zero={tick === 0 || undefined}>
                <line x1={area.x(0)} x2={area.x(1)} y1={area.y(tick)} y2={area.y(tick)} />
                <text x={margin.left - 8} y={area.y(tick)} dy="0.32em" textAnchor="end">
                  {tickText(tick)}
                </text>
              </g>
            ))}
            {texts.map(
              (text, index) =>
                written.has(index) && (
                  // biome-ignore lint/suspicious/noArrayIndexKey: what is drawn has no identity but its place.
                  <text key={index} x={area.x(places?.[index] ?? (index + 0.5) / labels.length)} y={height - 6} textAnchor="middle">
                    {text}
                  </text>
                ),
            )}
          </g>
          {children(area)}
        </svg>
      )}
    </div>
  );
}
