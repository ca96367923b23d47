import { DefinitionLoader } from '@gangway/web/kit/definitions/definition-loader.tsx';
import { EditorFrame } from '@gangway/web/kit/definitions/editor-frame.tsx';
import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import { nameComplaints } from '@gangway/web/kit/definitions/name-field.tsx';
import { useParam } from '@gangway/web/kit/go.tsx';
import { ruleComplaints } from '@gangway/web/kit/rule-editor/rule-complaints.ts';
import { Section } from '@gangway/web/kit/section.tsx';
import { WhyContent } from '@gangway/web/kit/why/why-content.tsx';
import { Stack } from '@mantine/core';
import type { Segment } from '../segment.ts';
import { SegmentForm } from './segment-form.tsx';
import { SegmentMembers } from './segment-members.tsx';
import { segmentWords } from './segment-words.ts';

/** One segment: the rule on the left; who matches it now, and the question about one person, on the right. */
export function SegmentPage() {
  const id = useParam('id');
  return (
    <DefinitionLoader<Segment> key={id} id={id} words={segmentWords} complaints={complaints}>
      {(editing) => {
        const { rule } = editing.draft.body;
        const ready = !editing.draft.issues.some((issue) => issue.path[0] === 'rule');
        return (
          <EditorFrame
            editing={editing}
            words={segmentWords}
            reaching={{ rule }}
            aside={
              <Stack gap="lg">
                <SegmentMembers rule={rule} ready={ready} />
                <Section title="Is somebody in it?">
                  <WhyContent slice="segments" id={id} />
                </Section>
              </Stack>
            }
          >
            <SegmentForm editing={editing} />
          </EditorFrame>
        );
      }}
    </DefinitionLoader>
  );
}

function complaints(body: Segment): Issue[] {
  const group = body.rule.type === 'all' || body.rule.type === 'any';
  const bare: Issue[] = group && body.rule.of.length === 0 ? [{ path: ['rule'], message: 'Add at least one condition.' }] : [];
  return [...nameComplaints(body), ...bare, ...ruleComplaints(body.rule, ['rule'])];
}
