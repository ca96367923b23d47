import type { z } from 'zod';
import { Problem } from '../../../../kernel/problem.ts';
import { trendAnswer, trendPeopleRequest, trendRequest } from '../../contract.ts';
import { pickLabels } from '../pick-labels.ts';
import { pageAsked } from '../queries/members.ts';
import { type TrendParams, trend } from '../queries/trend-counts.ts';
import { trendPeople } from '../queries/trend-people.ts';
import type { Asking, ReportKind } from '../report-routes.ts';

type Request = z.infer<typeof trendRequest>;
type PeopleRequest = z.infer<typeof trendPeopleRequest>;
type Answer = z.infer<typeof trendAnswer>;

export const trendReport: ReportKind<Request, PeopleRequest, Answer> = {
  path: 'trend',
  request: trendRequest,
  peopleRequest: trendPeopleRequest,
  answer: trendAnswer,
  formula: ({ series, unit }) =>
    [
      series.some(({ measure }) => measure === 'events') && `Events: how many of them lie in the ${unit}.`,
      series.some(({ measure }) => measure === 'people') &&
        `People: how many different people did it in the ${unit}; everybody counts once a ${unit} and once in the total.`,
    ]
      .filter((sentence) => typeof sentence === 'string')
      .join(' '),
  async ask(request, asking, names) {
    const labels = await pickLabels(
      request.series.map(({ pick }) => pick),
      names,
    );
    const results = await Promise.all(request.series.map((_, index) => asking.run(trend, paramsOf(request, asking, index))));
    const series = results.flatMap((result, index) => {
      const { measure } = seriesAt(request, index);
      // What has not happened is a line along zero; without it the reader would look for the line.
      const never = { key: { type: 'none' as const }, total: 0, counts: result.periods.map(() => 0) };
      const found = result.series.length > 0 || request.breakdown ? result.series : [never];
      return found.map(({ key, total, counts }) => ({
        series: index,
        label: labels[index] ?? '',
        measure,
        key: request.breakdown ? key : null,
        total,
        counts: [...counts],
      }));
    });
    return { n: series.reduce((sum, { total }) => sum + total, 0), periods: [...(results[0]?.periods ?? [])], series };
  },
  members: (request, asking) =>
    asking.run(trendPeople, {
      ...paramsOf(request, asking, request.cell.series),
      cell: request.cell,
      page: pageAsked(request),
    }),
};

function seriesAt({ series }: Request, index: number): Request['series'][number] {
  const found = series[index];
  if (!found) throw new Problem('invalid_body', 400, `There is no series ${index + 1}.`);
  return found;
}

function paramsOf(request: Request, { scope, asOf }: Asking, index: number): TrendParams {
  const { unit, zone, weekStart, from, to, breakdown } = request;
  return { scope, asOf, from, to, ...seriesAt(request, index), breakdown, calendar: { unit, zone, weekStart } };
}
