import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { NameField } from '@gangway/web/kit/definitions/name-field.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { useRuleChoices } from '@gangway/web/kit/definitions/use-rule-choices.ts';
import { RuleEditor } from '@gangway/web/kit/rule-editor/rule-editor.tsx';
import { knownTypes } from '@gangway/web/kit/rule-editor/rule-shape.ts';
import { Input, Textarea } from '@mantine/core';
import type { Segment } from '../segment.ts';

/** The form of a segment. */
export function SegmentForm({ editing }: { editing: Editing<Segment> }) {
  const { draft, change } = editing;
  const { body, issues } = draft;
  const known = useRuleChoices();
  const choices = { ...known, segments: known.segments.filter(({ id }) => id !== editing.id) };
  const ruleIssue = issueAt(issues, ['rule']);
  return (
    <>
      <FormSection title="What it is">
        <NameField
          value={body.name}
          onChange={(name) => change({ ...body, name })}
          issues={issues}
          description="As your colleagues read it."
        />
        <Textarea
          label="Description"
          description="Whom you mean, and what for."
          maxLength={2000}
          value={body.description}
          onChange={(event) => change({ ...body, description: event.currentTarget.value })}
          error={issueAt(issues, ['description'])}
        />
      </FormSection>
      <FormSection title="Who is in it" purpose="Facts decide, now and always: whoever stops matching is out again.">
        <RuleEditor
          value={body.rule}
          onChange={(rule) => change({ ...body, rule })}
          issues={issues}
          path={['rule']}
          choices={choices}
          types={knownTypes}
          lead="People who match"
          whenEmpty="No condition yet."
        />
        {ruleIssue && <Input.Error>{ruleIssue}</Input.Error>}
      </FormSection>
    </>
  );
}
