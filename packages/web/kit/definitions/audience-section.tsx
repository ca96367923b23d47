import type { Rule } from '@gangway/product/rules/rule.ts';
import type { RuleChoices } from '../rule-editor/rule-choices.ts';
import { RuleEditor } from '../rule-editor/rule-editor.tsx';
import { FormSection } from './form-section.tsx';
import { HoldoutField } from './holdout-field.tsx';
import { ReachLine } from './reach-line.tsx';
import type { Editing } from './use-editing.ts';

type Shown = { readonly audience: Rule; readonly holdout?: number };

interface AudienceSectionProps<Body extends Shown> {
  readonly editing: Editing<Body>;
  readonly choices: RuleChoices;
}

/** Who may see a content, with how many that are now. */
export function AudienceSection<Body extends Shown>({ editing, choices }: AudienceSectionProps<Body>) {
  const { body, issues } = editing.draft;
  return (
    <FormSection title="Audience" purpose="Who may see it. Traits and events are decided on the server; the page only learns yes or no.">
      <RuleEditor
        value={body.audience}
        onChange={(audience) => editing.change({ ...body, audience })}
        issues={issues}
        path={['audience']}
        choices={choices}
        lead="People who match"
        whenEmpty="Everyone. Add a condition to narrow it."
      />
      <ReachLine
        slice={editing.slice}
        id={editing.id}
        body={body}
        rule={body.audience}
        ready={!issues.some((issue) => issue.path[0] === 'audience')}
      />
      <HoldoutField editing={editing} />
    </FormSection>
  );
}
