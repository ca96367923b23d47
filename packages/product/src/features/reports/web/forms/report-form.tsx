import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { NameField } from '@gangway/web/kit/definitions/name-field.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import type { ReportBody } from '../../contract.ts';
import { withKind } from '../../report-kind.ts';
import { ActivityForm } from './activity-form.tsx';
import { FunnelForm } from './funnel-form.tsx';
import { PathsForm } from './paths-form.tsx';
import { RetentionForm } from './retention-form.tsx';
import { TrendForm } from './trend-form.tsx';
import { ValueForm } from './value-form.tsx';

/** The form of a report, by its kind. */
export function ReportForm({ editing }: { editing: Editing<ReportBody> }) {
  const { draft, change } = editing;
  const { issues } = draft;
  const body = withKind(draft.body);
  const set = (part: Partial<ReportBody>) => change(withoutAbsent({ ...body, ...part } as ReportBody));
  return (
    <div className="gw-funnel-form">
      {body.kind === 'funnel' && <FunnelForm {...{ body, set, issues }} />}
      {body.kind === 'retention' && <RetentionForm {...{ body, set, issues }} />}
      {body.kind === 'lifecycle' && <ActivityForm {...{ body, set, issues }} />}
      {body.kind === 'stickiness' && <ActivityForm {...{ body, set, issues }} />}
      {body.kind === 'trend' && <TrendForm {...{ body, set, issues }} />}
      {body.kind === 'paths' && <PathsForm {...{ body, set, issues }} />}
      {body.kind === 'time-to-value' && <ValueForm {...{ body, set, issues }} />}
      <FormSection title="About">
        <NameField value={body.name} onChange={(name) => set({ name })} issues={issues} description="As your team reads it." />
      </FormSection>
    </div>
  );
}

/** What was taken out of a report is not there, rather than there and undefined. */
function withoutAbsent(body: ReportBody): ReportBody {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as ReportBody;
}
