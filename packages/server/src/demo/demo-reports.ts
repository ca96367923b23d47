import type { ReportBody } from '@gangway/product/features/reports/contract.ts';

const any = { type: 'any' } as const;
const did = (name: string) => ({ type: 'event' as const, name });

/** One report of every kind besides the funnel, so that each can be looked at before the first own event. */
export const demoReports: Readonly<Record<string, ReportBody>> = {
  'active-people': {
    kind: 'trend',
    name: 'Active people and boards',
    series: [
      { pick: any, measure: 'people' },
      { pick: did('Board Created'), measure: 'events' },
    ],
    unit: 'day',
    days: 30,
  },
  'who-comes-back': {
    kind: 'retention',
    name: 'Who comes back',
    start: did('Signed Up'),
    returns: any,
    entry: 'first',
    mode: { type: 'unbounded' },
    unit: 'week',
    days: 30,
  },
  'new-and-gone': { kind: 'lifecycle', name: 'New, staying and gone', active: any, unit: 'week', days: 56 },
  'days-of-use': { kind: 'stickiness', name: 'Days of use', active: any, unit: 'day', days: 30 },
  'after-sign-up': { kind: 'paths', name: 'After signing up', anchor: did('Signed Up'), direction: 'after', steps: 4, top: 4, days: 30 },
  'time-to-first-board': {
    kind: 'time-to-value',
    name: 'Time to the first board',
    of: 'person',
    start: did('Signed Up'),
    value: { type: 'milestone', id: 'first-board' },
    days: 90,
  },
};
