import type { ReportBody } from '../contract.ts';
import type { ReportKindName } from './report-words.ts';

const day = 86_400_000;
const anyEvent = { type: 'any' } as const;

/** The first draft of a report: one that shows something at once, wherever an event has come. */
export function starterOf(kind: ReportKindName, name: string): ReportBody {
  switch (kind) {
    case 'funnel':
      return {
        kind,
        name,
        within: 7 * day,
        steps: [
          { type: 'event', name: '' },
          { type: 'event', name: '' },
        ],
      };
    case 'retention':
      return { kind, name, start: anyEvent, returns: anyEvent, entry: 'first', mode: { type: 'exact' }, unit: 'week' };
    case 'lifecycle':
      return { kind, name, active: anyEvent, unit: 'week' };
    case 'stickiness':
      return { kind, name, active: anyEvent, unit: 'day' };
    case 'trend':
      return { kind, name, series: [{ pick: anyEvent, measure: 'people' }], unit: 'day' };
    case 'paths':
      return { kind, name, anchor: anyEvent, direction: 'after', steps: 4, top: 5 };
    case 'time-to-value':
      return { kind, name, of: 'person', start: anyEvent, value: { type: 'event', name: '' } };
  }
}
