import { DefinitionLoader } from '@gangway/web/kit/definitions/definition-loader.tsx';
import { EditorFrame } from '@gangway/web/kit/definitions/editor-frame.tsx';
import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import { nameComplaints } from '@gangway/web/kit/definitions/name-field.tsx';
import { useParam } from '@gangway/web/kit/go.tsx';
import { ruleComplaints } from '@gangway/web/kit/rule-editor/rule-complaints.ts';
import type { Milestone } from '../milestone.ts';
import { MilestoneForm } from './milestone-form.tsx';
import { milestoneWords, unitOf } from './milestone-words.ts';

/** One milestone: what it means, when it is reached, and what it stands for in reports. */
export function MilestonePage() {
  const id = useParam('id');
  return (
    <DefinitionLoader<Milestone> key={id} id={id} words={milestoneWords} complaints={complaints}>
      {(editing) => {
        const { rule, subject } = editing.draft.body;
        return (
          <EditorFrame editing={editing} words={milestoneWords} reaching={{ rule, unit: unitOf(subject) }}>
            <MilestoneForm editing={editing} />
          </EditorFrame>
        );
      }}
    </DefinitionLoader>
  );
}

function complaints(body: Milestone): Issue[] {
  const group = body.rule.type === 'all' || body.rule.type === 'any';
  const empty = group && body.rule.of.length === 0;
  const bare: Issue[] = empty
    ? [{ path: ['rule'], message: 'Add at least one condition; without one everybody would reach it at once.' }]
    : [];
  return [...nameComplaints(body), ...bare, ...ruleComplaints(body.rule, ['rule'])];
}
