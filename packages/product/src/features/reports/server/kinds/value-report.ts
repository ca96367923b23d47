import type { z } from 'zod';
import { valueAnswer, valuePeopleRequest, valueRequest } from '../../contract.ts';
import { shareInterval } from '../../survival.ts';
import { thinPoints } from '../../thin-points.ts';
import { pageAsked } from '../queries/members.ts';
import { valuePeople } from '../queries/value-people.ts';
import { type ValueTimesParams, valueTimes } from '../queries/value-times.ts';
import type { Asking, ReportKind } from '../report-routes.ts';

type Request = z.infer<typeof valueRequest>;

export const valueReport: ReportKind<Request, z.infer<typeof valuePeopleRequest>, z.infer<typeof valueAnswer>> = {
  path: 'time-to-value',
  request: valueRequest,
  peopleRequest: valuePeopleRequest,
  answer: valueAnswer,
  formula: ({ of, loss }) =>
    [
      `Kaplan–Meier: of the ${of === 'person' ? 'people' : 'accounts'} that began in the range, the share that has reached the value by a time, counting those still open for as long as they were watched. The band holds the share with 95 % certainty (Greenwood, on the logarithm). The median is the first time by which at least half have reached it. For the mean nobody counts for longer than the longest that anybody was watched; ± is its 95 % interval.`,
      loss && 'Who is lost first leaves like the open ones; the second line (Aalen–Johansen) shows the share when the lost stay lost.',
    ]
      .filter((sentence) => sentence !== undefined)
      .join(' '),
  async ask(request, asking) {
    const { curve, incidence, quartiles, mean, finishedOnly, n, reached, open, lost } = await asking.run(
      valueTimes,
      paramsOf(request, asking),
    );
    const points = thinPoints(curve, 400).map((point) => {
      const band = shareInterval(point);
      // The band is of those who have not reached it, so its ends change places.
      return {
        time: point.time,
        atRisk: point.atRisk,
        share: 1 - point.share,
        low: band && 1 - band.to,
        high: band && 1 - band.from,
      };
    });
    return {
      of: request.of,
      n,
      reached,
      open,
      lost,
      quartiles: { ...quartiles },
      mean,
      finishedOnly: { ...finishedOnly },
      curve: points,
      incidence: request.loss ? [...thinPoints(incidence, 400)] : [],
    };
  },
  members: (request, asking) => asking.run(valuePeople, { ...paramsOf(request, asking), cell: request.cell, page: pageAsked(request) }),
  accounts: ({ of }) => of === 'account',
};

function paramsOf({ of, start, value, loss, from, to }: Request, { scope, asOf }: Asking): ValueTimesParams {
  return { scope, asOf, from, to, unit: of, start, value, loss };
}
