import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import { nameComplaints } from '@gangway/web/kit/definitions/name-field.tsx';
import { longestDays, longestWindow } from '../../../rules/rule.ts';
import type { ReportBody } from '../contract.ts';
import type { EventPick } from '../event-pick.ts';
import { withKind } from '../report-kind.ts';

/** What keeps a report from being saved and counted. The server checks again. */
export function reportComplaints(report: ReportBody): Issue[] {
  const body = withKind(report);
  const about = (path: Issue['path'], pick: EventPick | undefined) => (pick ? pickComplaints(path, pick) : []);
  const own = (): Issue[] => {
    switch (body.kind) {
      case 'funnel':
        return funnelComplaints(body);
      case 'retention':
        return [...about(['start'], body.start), ...about(['returns'], body.returns), ...bracketComplaints(body)];
      case 'lifecycle':
      case 'stickiness':
        return about(['active'], body.active);
      case 'trend':
        return [
          ...body.series.flatMap(({ pick }, index) => about(['series', index, 'pick'], pick)),
          ...propertyComplaints(['breakdown', 'property'], body.breakdown?.property),
        ];
      case 'paths':
        return about(['anchor'], body.anchor);
      case 'time-to-value':
        return [...about(['start'], body.start), ...about(['value'], body.value), ...about(['loss'], body.loss)];
    }
  };
  return [...nameComplaints(body), ...own()];
}

function pickComplaints(path: Issue['path'], pick: EventPick): Issue[] {
  const issues: Issue[] = [];
  if (pick.type === 'event' && pick.name.trim() === '') issues.push({ path: [...path, 'name'], message: 'Choose an event.' });
  if (pick.type === 'milestone' && pick.id === '') issues.push({ path: [...path, 'id'], message: 'Choose a milestone.' });
  for (const [index, { property }] of (pick.where ?? []).entries()) issues.push(...propertyComplaints([...path, 'where', index], property));
  return issues;
}

function propertyComplaints(path: Issue['path'], property: string | undefined): Issue[] {
  return property !== undefined && property.trim() === '' ? [{ path, message: 'Choose a property.' }] : [];
}

function funnelComplaints(funnel: Extract<ReportBody, { kind: 'funnel' }>): Issue[] {
  const issues = funnel.steps.flatMap((step, index) => pickComplaints(['steps', index], step));
  if (funnel.steps.length < 2) issues.push({ path: ['steps'], message: 'A funnel needs at least two steps.' });
  if (funnel.within > longestWindow) issues.push({ path: ['within'], message: `At most ${longestDays} days.` });
  for (const [index, { event, after, before }] of (funnel.exclusions ?? []).entries()) {
    issues.push(...pickComplaints(['exclusions', index, 'event'], event));
    if (after >= before || before > funnel.steps.length)
      issues.push({ path: ['exclusions', index], message: 'It lies between two steps, the earlier one first.' });
  }
  const { breakdown } = funnel;
  if (typeof breakdown?.by === 'number' && breakdown.by >= funnel.steps.length)
    issues.push({ path: ['breakdown', 'by'], message: 'There is no such step.' });
  return [...issues, ...propertyComplaints(['breakdown', 'property'], breakdown?.property), ...propertyComplaints(['hold'], funnel.hold)];
}

function bracketComplaints({ mode }: Extract<ReportBody, { kind: 'retention' }>): Issue[] {
  if (mode.type === 'rolling' && mode.length > longestWindow) return [{ path: ['mode'], message: `At most ${longestDays} days.` }];
  if (mode.type !== 'bracket') return [];
  return mode.brackets.flatMap(({ from, to }, index): Issue[] =>
    from < to ? [] : [{ path: ['mode', 'brackets', index], message: 'It ends after it begins.' }],
  );
}
