import type { z } from 'zod';
import { pathsAnswer, pathsPeopleRequest, pathsRequest } from '../../contract.ts';
import { pickLabels } from '../pick-labels.ts';
import { pageAsked } from '../queries/members.ts';
import { pathPeople } from '../queries/path-people.ts';
import { type PathsParams, paths } from '../queries/path-rows.ts';
import type { Asking, ReportKind } from '../report-routes.ts';

type Request = z.infer<typeof pathsRequest>;

export const pathsReport: ReportKind<Request, z.infer<typeof pathsPeopleRequest>, z.infer<typeof pathsAnswer>> = {
  path: 'paths',
  request: pathsRequest,
  peopleRequest: pathsPeopleRequest,
  answer: pathsAnswer,
  formula: ({ direction, top }) =>
    direction === 'after'
      ? `What people did after their first such event in the range. Each place keeps its ${top} most frequent events; rarer ones stand together.`
      : `What people had done before their last such event in the range. Each place keeps its ${top} most frequent events; rarer ones stand together.`,
  async ask(request, asking, names) {
    const { n, places, links } = await asking.run(paths, paramsOf(request, asking));
    const [anchor = ''] = await pickLabels([request.anchor], names);
    return {
      n,
      anchor,
      places: places.map(({ stops }) => ({ stops: [...stops] })),
      links: [...links],
    };
  },
  members: (request, asking) =>
    asking.run(pathPeople, {
      ...paramsOf(request, asking),
      cell: request.cell,
      page: pageAsked(request),
    }),
};

/** Nothing later than the instant of asking: the range may reach into the future. */
function paramsOf({ anchor, direction, steps, top, from, to }: Request, { scope, asOf }: Asking): PathsParams {
  return { scope, anchor, direction, steps, top, from, to: Math.min(to, asOf + 1) };
}
