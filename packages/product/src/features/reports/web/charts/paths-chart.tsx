import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { useElementSize } from '@mantine/hooks';
import type { PathsAnswer } from '../../contract.ts';
import { pathCell, stopText } from '../sheets/paths-sheets.ts';
import './paths-and-survival.css';
import { layOutPaths, type PlacedStop } from './paths-layout.ts';

interface PathsChartProps {
  readonly answer: PathsAnswer;
  readonly direction: 'after' | 'before';
  readonly open: string;
  readonly onOpen: (name: string) => void;
}

const height = 420;
const nodeWidth = 132;
const least = 164;

/** Paths as streams between stops, place by place. Stops are buttons; the table below has the streams too. */
export function PathsChart({ answer, direction, open, onOpen }: PathsChartProps) {
  const { ref, width } = useElementSize();
  const columns = answer.places.length + 1;
  const full = Math.max(width, columns * least);
  const gap = columns > 1 ? (full - nodeWidth) / (columns - 1) : 0;
  const { stops, streams } = layOutPaths(answer, height);
  // Looking back, the event from which paths are drawn stands at the end.
  const x = (place: number) => (direction === 'after' ? place : columns - 1 - place) * gap;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={ref} className="gw-paths" aria-label="Paths, drawn" tabIndex={0}>
      <div className="gw-paths-area" style={{ width: full, height }}>
        <svg width={full} height={height} aria-hidden="true" focusable="false">
          {streams.map(({ place, from, to, fromY, toY, thick }) => {
            const name = JSON.stringify(pathCell(place, to, from));
            const near = direction === 'after' ? x(place - 1) + nodeWidth : x(place - 1);
            const far = direction === 'after' ? x(place) : x(place) + nodeWidth;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; every stream is a button in the table below.
              <path
                key={name}
                className="gw-paths-stream"
                data-open={open === name || undefined}
                d={streamPath({ near, far, fromY, toY, half: Math.max(1, thick) / 2 })}
                onClick={() => onOpen(name)}
              />
            );
          })}
        </svg>
        {stops.map((stop) => (
          <StopBox key={`${stop.place} ${stop.position}`} stop={stop} left={x(stop.place)} {...{ answer, direction, open, onOpen }} />
        ))}
      </div>
    </section>
  );
}

/** A stream as an area: a thick line would swell where it bends. */
function streamPath({ near, far, fromY, toY, half }: { near: number; far: number; fromY: number; toY: number; half: number }): string {
  const middle = (near + far) / 2;
  const there = `M${near} ${fromY - half}C${middle} ${fromY - half} ${middle} ${toY - half} ${far} ${toY - half}`;
  return `${there}V${toY + half}C${middle} ${toY + half} ${middle} ${fromY + half} ${near} ${fromY + half}Z`;
}

function StopBox({ stop, left, answer, direction, open, onOpen }: PathsChartProps & { stop: PlacedStop; left: number }) {
  const text = stop.place === 0 ? answer.anchor : stop.stop ? stopText(stop.stop, direction) : '';
  const style = { left, top: stop.top, width: nodeWidth, height: stop.height };
  const figures = `${countText(stop.people)} · ${shareText(answer.n === 0 ? null : stop.people / answer.n)}`;
  const inside = (
    <>
      <span className="gw-cut">{text}</span>
      <span className="gw-paths-count gw-number">{figures}</span>
    </>
  );
  if (stop.place === 0) {
    return (
      <div className="gw-paths-stop" data-anchor style={style}>
        {inside}
      </div>
    );
  }
  const name = JSON.stringify(pathCell(stop.place, stop.position, undefined));
  return (
    <button
      type="button"
      className="gw-paths-stop"
      data-end={stop.stop?.type === 'end' || undefined}
      style={style}
      title={text}
      aria-pressed={open === name}
      aria-label={`Place ${stop.place}, ${text}: ${figures}. Show the people`}
      onClick={() => onOpen(open === name ? '' : name)}
    >
      {inside}
    </button>
  );
}
