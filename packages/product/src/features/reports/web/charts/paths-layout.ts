import type { PathsAnswer } from '../../contract.ts';

export interface PlacedStop {
  /** 0 is the event from which paths are drawn. */
  readonly place: number;
  readonly position: number;
  readonly stop: PathsAnswer['places'][number]['stops'][number]['stop'] | undefined;
  readonly people: number;
  /** Pixels. */
  readonly top: number;
  readonly height: number;
}

export interface PlacedStream {
  readonly place: number;
  readonly from: number | null;
  readonly to: number;
  /** The middle of the stream at either end, and how thick it is; pixels. */
  readonly fromY: number;
  readonly toY: number;
  readonly thick: number;
}

const gap = 8;
/** Room for two lines of text, however few people stand there. */
const leastHeight = 38;

/** Where stops and streams lie: stops of a place below each other, as high as their people, streams in the order of where they lead. */
export function layOutPaths(answer: PathsAnswer, height: number): { stops: readonly PlacedStop[]; streams: readonly PlacedStream[] } {
  const most = Math.max(1, ...answer.places.map(({ stops }) => stops.length));
  const room = Math.max(0, height - most * (leastHeight + gap));
  const scale = answer.n === 0 ? 0 : room / answer.n;
  const anchor: PlacedStop = { place: 0, position: 0, stop: undefined, people: answer.n, top: 0, height: leastHeight + answer.n * scale };
  const stops = [
    anchor,
    ...answer.places.flatMap(({ stops: own }, index) => {
      let top = 0;
      return own.map(({ stop, people }, position): PlacedStop => {
        const placed = { place: index + 1, position, stop, people, top, height: leastHeight + people * scale };
        top += placed.height + gap;
        return placed;
      });
    }),
  ];
  return { stops, streams: streamsOf(answer, stops, scale) };
}

function streamsOf({ links }: PathsAnswer, stops: readonly PlacedStop[], scale: number): PlacedStream[] {
  const used = new Map<string, number>();
  /** The next free stretch at a side of a stop. */
  const take = (side: 'in' | 'out', place: number, position: number, people: number): number => {
    const key = `${side} ${place} ${position}`;
    const start = used.get(key) ?? 0;
    used.set(key, start + people);
    const stop = stops.find((one) => one.place === place && one.position === position);
    const margin = leastHeight / 2;
    return (stop?.top ?? 0) + margin + (start + people / 2) * scale;
  };
  return [...links]
    .sort((a, b) => a.place - b.place || (a.from ?? 0) - (b.from ?? 0) || a.to - b.to)
    .map(({ place, from, to, people }) => ({
      place,
      from,
      to,
      fromY: take('out', place - 1, from ?? 0, people),
      toY: take('in', place, to, people),
      thick: people * scale,
    }));
}
