import type { z } from 'zod';
import { funnelAnswer, funnelPeopleRequest, funnelRequest } from '../../contract.ts';
import type { FunnelResult } from '../../funnel.ts';
import { pickLabels } from '../pick-labels.ts';
import { funnelPeople } from '../queries/funnel-people.ts';
import { type FunnelParams, funnelRows } from '../queries/funnel-rows.ts';
import { pageAsked } from '../queries/members.ts';
import type { Asking, ReportKind } from '../report-routes.ts';

type Request = z.infer<typeof funnelRequest>;
type PeopleRequest = z.infer<typeof funnelPeopleRequest>;
type Answer = z.infer<typeof funnelAnswer>;

export const funnelReport: ReportKind<Request, PeopleRequest, Answer> = {
  path: 'funnel',
  request: funnelRequest,
  peopleRequest: funnelPeopleRequest,
  answer: funnelAnswer,
  formula: formulaOf,
  async ask(request, asking, names) {
    const result = await asking.run(funnelRows, paramsOf(request, asking));
    return { ...toAnswer(result), steps: stepsOf(result, await pickLabels(request.steps, names)) };
  },
  members: (request, asking) =>
    asking.run(funnelPeople, {
      ...paramsOf(request, asking),
      cell: request.cell,
      page: pageAsked(request),
    }),
};

function paramsOf({ over, zone, weekStart, ...question }: Request, { scope, asOf }: Asking): FunnelParams {
  return { ...question, scope, asOf, trend: over && { unit: over, zone, weekStart, asOf } };
}

function toAnswer(result: FunnelResult): Omit<Answer, 'steps' | 'from' | 'to' | 'asOf' | 'formula'> {
  return {
    n: result.reached[0] ?? 0,
    medianTime: result.medianTime,
    time: result.time && { ...result.time, histogram: [...result.time.histogram] },
    groups: result.groups?.map(({ key, reached }) => ({ key, reached: [...reached] })) ?? null,
    trend: result.trend && [...result.trend],
  };
}

function stepsOf(result: FunnelResult, labels: readonly string[]): Answer['steps'] {
  const first = result.reached[0] ?? 0;
  return labels.map((label, index) => {
    const people = result.reached[index] ?? 0;
    const previous = result.reached[index - 1];
    return {
      label,
      people,
      ofFirst: ratio(people, first),
      ofPrevious: previous === undefined ? null : ratio(people, previous),
      medianBefore: result.between[index - 1]?.median ?? null,
    };
  });
}

/** A ratio with denominator 0 is not 0 but nothing. */
function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}

function formulaOf({ order = 'ordered', entry = 'best', exclusions = [], hold, breakdown }: Request): string {
  const sentences = [
    order === 'ordered' &&
      'People whose step 1 lies in the range; a later step counts when it follows in order within the window from step 1. Other events may lie between.',
    order === 'any' &&
      'People who did steps in any order within one window that begins in the range; a level is a number of different steps.',
    order === 'strict' && 'People whose steps follow each other with no other event between, within the window, step 1 in the range.',
    order === 'ordered' &&
      (entry === 'best' ? 'Who starts again counts with the best chain.' : 'Only the first step 1 of a person counts.'),
    exclusions.length > 0 && 'An excluded event between its two steps ends the chain; the person may start again.',
    hold !== undefined && `All steps of a chain have the same “${hold}”; a person counts with the value that went furthest.`,
    breakdown && 'Groups go by the value on the counted chain.',
  ];
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ');
}
