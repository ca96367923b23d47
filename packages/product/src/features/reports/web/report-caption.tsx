import type { DefinitionAnswer } from '@gangway/web/kit/api/answers.ts';
import { countText } from '@gangway/web/kit/number-text.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import type { Drawn } from './use-report.ts';

interface ReportCaptionProps {
  readonly drawn: Drawn;
  readonly version: DefinitionAnswer | undefined;
}

/** How a report was counted: n, as of when, which version, and the formula. */
export function ReportCaption({ drawn: { answer, body }, version }: ReportCaptionProps) {
  const marked = hasIncomplete(answer);
  return (
    <p className="gw-funnel-caption">
      n = {countText(answer.n)} {unitWord(answer, body)}, as of <RelativeTime at={answer.asOf} />, {versionText(version)}. {answer.formula}
      {marked && ' Periods that are not over are dashed or paler.'}
    </p>
  );
}

function versionText(version: DefinitionAnswer | undefined): string {
  if (version?.version == null) return 'draft';
  return version.changed ? `draft after version ${version.version}` : `version ${version.version}`;
}

/** What `n` counts. */
function unitWord(answer: Drawn['answer'], body: Drawn['body']): string {
  if (answer.kind === 'time-to-value') return answer.of === 'person' ? 'people' : 'accounts';
  if (answer.kind === 'lifecycle' && body.kind === 'lifecycle') return `active people, each once a ${body.unit}`;
  if (answer.kind === 'retention' && body.kind === 'retention' && body.entry === 'recurring') return `people, each once a ${body.unit}`;
  if (answer.kind === 'trend') return 'in all lines together';
  return 'people';
}

function hasIncomplete(answer: Drawn['answer']): boolean {
  if (answer.kind === 'trend' || answer.kind === 'lifecycle') return answer.periods.some(({ complete }) => !complete);
  if (answer.kind === 'retention') return answer.cohorts.some(({ cells }) => cells.some(({ complete }) => !complete));
  return answer.kind === 'funnel' && (answer.trend ?? []).some(({ complete }) => !complete);
}
