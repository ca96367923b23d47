import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import type { PathsAnswer } from '../../contract.ts';
import type { Sheet, SheetCell } from './sheet.ts';

type Stop = PathsAnswer['places'][number]['stops'][number]['stop'];

/** What stands at a place of a path. */
export function stopText(stop: Stop, direction: 'after' | 'before'): string {
  if (stop.type === 'event') return stop.name;
  if (stop.type === 'other') return 'Other events';
  return direction === 'after' ? 'Nothing more' : 'Nothing before';
}

/** How the server calls a stop or a link. */
export function pathCell(place: number, stop: number, from: number | null | undefined): object {
  return { place, stop, ...(from === null || from === undefined ? {} : { from }) };
}

/** Who stands where, and who went from one stop to the next. */
export function pathsSheets(answer: PathsAnswer, direction: 'after' | 'before'): readonly Sheet[] {
  const count = (people: number, label: string, cell: object): SheetCell => ({
    value: people,
    text: countText(people),
    label,
    people: people === 0 ? undefined : cell,
  });
  const share = (people: number, label: string): SheetCell => {
    const value = answer.n === 0 ? null : people / answer.n;
    return { value, text: shareText(value), label };
  };
  const name = (place: number, stop: number) => {
    const found = answer.places[place - 1]?.stops[stop];
    return found ? stopText(found.stop, direction) : '';
  };
  const columns = [{ text: 'People' }, { text: 'Of all' }];
  return [
    {
      title: 'Stops',
      corner: 'Place and event',
      columns,
      rows: answer.places.flatMap(({ stops }, place) =>
        stops.map(({ people }, stop) => {
          const head = `${place + 1} ${name(place + 1, stop)}`;
          return { head, cells: [count(people, head, pathCell(place + 1, stop, undefined)), share(people, head)] };
        }),
      ),
    },
    {
      title: 'Ways',
      corner: 'From and to',
      columns,
      rows: answer.links
        .filter(({ from }) => from !== null)
        .map(({ place, from, to, people }) => {
          const head = `${name(place - 1, from ?? 0)} → ${name(place, to)} (${place - 1} to ${place})`;
          return { head, cells: [count(people, head, pathCell(place, to, from)), share(people, head)] };
        }),
    },
  ];
}
