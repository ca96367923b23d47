import type { ActivationAnswer } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { ChoiceField } from '@gangway/web/kit/definitions/choice-field.tsx';
import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { NameField } from '@gangway/web/kit/definitions/name-field.tsx';
import { ReachLine } from '@gangway/web/kit/definitions/reach-line.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { useRuleChoices } from '@gangway/web/kit/definitions/use-rule-choices.ts';
import { RuleEditor } from '@gangway/web/kit/rule-editor/rule-editor.tsx';
import { accountTypes, knownTypes } from '@gangway/web/kit/rule-editor/rule-shape.ts';
import { Input, Select, Textarea } from '@mantine/core';
import type { Milestone } from '../milestone.ts';
import { unitOf } from './milestone-words.ts';

const roles: readonly { readonly value: Milestone['role']; readonly label: string; readonly means: string }[] = [
  { value: 'progress', label: 'Progress', means: 'A step on the way.' },
  {
    value: 'activation',
    label: 'Activation',
    means: 'Whoever reaches it has started for real. The activation rate counts it; one per environment.',
  },
  { value: 'aha', label: '“Aha”', means: 'The moment the value becomes clear.' },
  { value: 'golden_feature', label: 'Golden feature', means: 'A feature whose use foretells staying.' },
  { value: 'go_live', label: 'Go-live', means: 'The customer works in production.' },
];

/** The form of a milestone. */
export function MilestoneForm({ editing }: { editing: Editing<Milestone> }) {
  const { draft, change } = editing;
  const { body, issues } = draft;
  const set = (part: Partial<Milestone>) => change({ ...body, ...part });
  const taken = useActivationTaken(editing.id, body.role);
  return (
    <>
      <FormSection title="What it is">
        <NameField
          value={body.name}
          onChange={(name) => set({ name })}
          issues={issues}
          description="As people read it in funnels and plans."
        />
        <Textarea
          label="Description"
          description="What reaching it means."
          maxLength={2000}
          value={body.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
          error={issueAt(issues, ['description'])}
        />
        <ChoiceField
          label="Reached by"
          data={[
            { value: 'person', label: 'A person' },
            { value: 'account', label: 'An account' },
          ]}
          value={body.subject}
          onChange={(subject) => set({ subject })}
        />
        <Select
          label="Stands for"
          description={roles.find((role) => role.value === body.role)?.means}
          {...(taken ? { error: taken } : {})}
          maw={320}
          allowDeselect={false}
          data={roles.map(({ value, label }) => ({ value, label }))}
          value={body.role}
          onChange={(role) => role && set({ role: role as Milestone['role'] })}
        />
      </FormSection>
      <MilestoneRule editing={editing} />
    </>
  );
}

/** A sentence when another live milestone stands for activation already: reports use one only. */
function useActivationTaken(id: string, role: Milestone['role']): string | undefined {
  const activation = useAnswer<ActivationAnswer>('reports/activation', {}, { enabled: role === 'activation' });
  const other = role === 'activation' ? activation.data?.milestone : null;
  return other && other.id !== id ? `“${other.name}” stands for activation now, and reports use only one.` : undefined;
}

/** When it is reached. A milestone cannot wait for itself, so it is not among its own choices. */
function MilestoneRule({ editing }: { editing: Editing<Milestone> }) {
  const { body, issues } = editing.draft;
  const choices = useRuleChoices();
  const others = {
    ...choices,
    milestones: choices.milestones.filter((milestone) => milestone.id !== editing.id),
    accounts: body.subject === 'person',
  };
  const ruleIssue = issueAt(issues, ['rule']);
  const ready = !issues.some((issue) => issue.path[0] === 'rule');
  return (
    <FormSection title="Reached when" purpose="Facts decide; nobody ticks it by hand.">
      <RuleEditor
        value={body.rule}
        onChange={(rule) => editing.change({ ...body, rule })}
        issues={issues}
        path={['rule']}
        choices={others}
        types={body.subject === 'person' ? knownTypes : accountTypes}
        lead={body.subject === 'person' ? 'A person reaches it when they match' : 'An account reaches it when it matches'}
        whenEmpty="No condition yet."
      />
      {ruleIssue && <Input.Error>{ruleIssue}</Input.Error>}
      <ReachLine slice="milestones" id={editing.id} body={body} rule={body.rule} ready={ready} unit={unitOf(body.subject)} />
    </FormSection>
  );
}
