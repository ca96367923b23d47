import type { z } from 'zod';
import { valueAnswer, valuePeopleRequest, valueRequest } from '../../contract.ts';
import { shareInterval } from '../../survival.ts';
import { thinPoints } from '../../thin-points.ts';
import type { TimeToValue } from '../../time-to-value.ts';
import { pageAsked } from '../queries/members.ts';
import { valuePeople } from '../queries/value-people.ts';
import { type ValueTimesParams, valueTimes } from '../queries/value-times.ts';
import { valueTimesCompared } from '../queries/value-times-compared.ts';
import type { Asking, ReportKind } from '../report-routes.ts';

type Request = z.infer<typeof valueRequest>;

export const valueReport: ReportKind<Request, z.infer<typeof valuePeopleRequest>, z.infer<typeof valueAnswer>> = {
  path: 'time-to-value',
  request: valueRequest,
  peopleRequest: valuePeopleRequest,
  answer: valueAnswer,
  formula: ({ of, loss, compare }) =>
    [
      `Kaplan–Meier: of the ${of === 'person' ? 'people' : 'accounts'} that began in the range, the share that has reached the value by a time, counting those still open for as long as they were watched. The band holds the share with 95 % certainty (Greenwood, on the logarithm). The median is the first time by which at least half have reached it. For the mean nobody counts for longer than the longest that anybody was watched; ± is its 95 % interval.`,
      compare &&
        'The range before is as long and ends where this one begins. p is the log-rank test: how probable so large a difference between the two curves is by chance, if they do not differ.',
      loss && 'Who is lost first leaves like the open ones; the second line (Aalen–Johansen) shows the share when the lost stay lost.',
    ]
      .filter((sentence) => typeof sentence === 'string')
      .join(' '),
  async ask(request, asking) {
    const params = paramsOf(request, asking);
    if (!request.compare) return { ...answerOf(await asking.run(valueTimes, params), request), before: null };
    const { range, before, test } = await asking.run(valueTimesCompared, { ...params, before: beginOfBefore(request) });
    const [own] = test?.groups ?? [];
    return {
      ...answerOf(range, request),
      before: {
        from: beginOfBefore(request),
        n: before.n,
        reached: before.reached,
        median: before.quartiles.median,
        curve: thinPoints(before.curve, 400).map(({ time, share }) => ({ time, share: 1 - share })),
        difference: test && own ? { p: test.p, sooner: own.observed > own.expected } : null,
      },
    };
  },
  members: (request, asking) => asking.run(valuePeople, { ...paramsOf(request, asking), cell: request.cell, page: pageAsked(request) }),
  accounts: ({ of }) => of === 'account',
};

/** The range before is as long as the range, and ends where it begins. */
function beginOfBefore({ from, to }: Request): number {
  return from - (to - from);
}

function answerOf({ curve, incidence, quartiles, mean, finishedOnly, n, reached, open, lost }: TimeToValue, { of, loss }: Request) {
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
    of,
    n,
    reached,
    open,
    lost,
    quartiles: { ...quartiles },
    mean,
    finishedOnly: { ...finishedOnly },
    curve: points,
    incidence: loss ? [...thinPoints(incidence, 400)] : [],
  };
}

function paramsOf({ of, start, value, loss, from, to }: Request, { scope, asOf }: Asking): ValueTimesParams {
  return { scope, asOf, from, to, unit: of, start, value, loss };
}
