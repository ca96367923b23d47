import type { z } from 'zod';
import { activityRequest, lifecycleAnswer, lifecyclePeopleRequest, stickinessAnswer, stickinessPeopleRequest } from '../../contract.ts';
import { lifecycle } from '../queries/lifecycle-counts.ts';
import { lifecyclePeople } from '../queries/lifecycle-people.ts';
import { pageAsked } from '../queries/members.ts';
import { stickiness } from '../queries/stickiness-counts.ts';
import { stickinessPeople } from '../queries/stickiness-people.ts';
import type { Asking, ReportKind } from '../report-routes.ts';

type Request = z.infer<typeof activityRequest>;

export const lifecycleReport: ReportKind<Request, z.infer<typeof lifecyclePeopleRequest>, z.infer<typeof lifecycleAnswer>> = {
  path: 'lifecycle',
  request: activityRequest,
  peopleRequest: lifecyclePeopleRequest,
  answer: lifecycleAnswer,
  formula: ({ unit }) =>
    `New: active in the ${unit} in which they first came. Returning: active also in the ${unit} before. Resurrecting: active, not in the ${unit} before, not new. Dormant: active in the ${unit} before and not in this one, drawn below zero.`,
  async ask(request, asking) {
    const periods = await asking.run(lifecycle, paramsOf(request, asking));
    const n = periods.reduce((sum, period) => sum + period.new + period.returning + period.resurrecting, 0);
    return { n, periods: [...periods] };
  },
  members: (request, asking) =>
    asking.run(lifecyclePeople, {
      ...paramsOf(request, asking),
      cell: request.cell,
      page: pageAsked(request),
    }),
};

export const stickinessReport: ReportKind<Request, z.infer<typeof stickinessPeopleRequest>, z.infer<typeof stickinessAnswer>> = {
  path: 'stickiness',
  request: activityRequest,
  peopleRequest: stickinessPeopleRequest,
  answer: stickinessAnswer,
  formula: ({ unit }) =>
    `People by the number of different ${unit}s of the range in which they were active. Everybody counts once. On an average ${unit}: the mean, over the ${unit}s that are over, of the people active in one, by all who were active in any of them.`,
  async ask(request, asking) {
    const { people, n, average } = await asking.run(stickiness, paramsOf(request, asking));
    return { n, people: [...people], average };
  },
  members: (request, asking) =>
    asking.run(stickinessPeople, {
      ...paramsOf(request, asking),
      cell: request.cell,
      page: pageAsked(request),
    }),
};

function paramsOf({ active, unit, zone, weekStart, from, to }: Request, { scope, asOf }: Asking) {
  return { scope, asOf, from, to, active, calendar: { unit, zone, weekStart } };
}
