import type { z } from 'zod';
import { Problem } from '../../../../kernel/problem.ts';
import { periodsOf } from '../../calendar.ts';
import { retentionAnswer, retentionPeopleRequest, retentionRequest } from '../../contract.ts';
import { pageAsked } from '../queries/members.ts';
import { type RetentionParams, retention } from '../queries/retention-counts.ts';
import { retentionPeople } from '../queries/retention-people.ts';
import type { Asking, ReportKind } from '../report-routes.ts';

type Request = z.infer<typeof retentionRequest>;
type PeopleRequest = z.infer<typeof retentionPeopleRequest>;
type Answer = z.infer<typeof retentionAnswer>;

/** Cohorts of one table: each is a row with as many cells. */
const mostCohorts = 120;

export const retentionReport: ReportKind<Request, PeopleRequest, Answer> = {
  path: 'retention',
  request: retentionRequest,
  peopleRequest: retentionPeopleRequest,
  answer: retentionAnswer,
  formula: formulaOf,
  async ask(request, asking) {
    const params = paramsOf(request, asking);
    const { first, last } = periodsOf(params.calendar, params);
    if (last - first + 1 > mostCohorts) {
      throw new Problem(
        'too_many_cohorts',
        400,
        `The range has ${last - first + 1} cohorts; a table holds ${mostCohorts}. Take a shorter range or longer periods.`,
      );
    }
    const { cohorts, average } = await asking.run(retention, params);
    return {
      n: cohorts.reduce((sum, { members }) => sum + members, 0),
      slots: slotsOf(request, average.length),
      cohorts: cohorts.map(({ start, members, cells }) => ({
        start,
        members,
        cells: cells.map(({ people, of, complete }) => ({ people, of, complete })),
      })),
      average: [...average],
    };
  },
  members: (request, asking) =>
    asking.run(retentionPeople, {
      ...paramsOf(request, asking),
      cell: request.cell,
      page: pageAsked(request),
    }),
};

function paramsOf({ unit, zone, weekStart, start, returns, entry, mode, from, to }: Request, { scope, asOf }: Asking): RetentionParams {
  return { scope, asOf, from, to, start, returns, entry, mode, calendar: { unit, zone, weekStart } };
}

function slotsOf({ mode }: Request, length: number): Answer['slots'] {
  return Array.from({ length }, (_, slot) => {
    if (mode.type === 'rolling') return { from: slot * mode.length, to: (slot + 1) * mode.length };
    const bracket = mode.type === 'bracket' && slot > 0 ? mode.brackets[slot - 1] : undefined;
    return bracket ? { from: bracket.from, to: bracket.to } : { from: slot, to: slot + 1 };
  });
}

function formulaOf({ mode, entry, unit }: Request): string {
  const returned = {
    exact: `Of a cohort, the share that did the return event in exactly that ${unit} after the ${unit} of the start.`,
    unbounded: `Of a cohort, the share that did the return event in that ${unit} or any later one of the range. Young cohorts read low.`,
    bracket: `Of a cohort, the share that did the return event in any ${unit} of the bracket.`,
    rolling: 'Of a cohort, the share that did the return event in that stretch of equal length from the own start.',
  };
  return [
    entry === 'first'
      ? 'A cohort is everybody whose first start event ever lies in its period.'
      : 'A cohort is everybody with a start event in its period.',
    returned[mode.type],
    'The first column is everybody. The average is the sum of the returned by the sum of those whose time is over.',
  ].join(' ');
}
