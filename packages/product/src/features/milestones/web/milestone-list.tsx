import { DefinitionList } from '@gangway/web/kit/definitions/definition-list.tsx';
import type { Milestone } from '../milestone.ts';
import { milestoneWords } from './milestone-words.ts';

const starter = (name: string): Milestone => ({
  name,
  description: '',
  subject: 'person',
  role: 'progress',
  rule: { type: 'all', of: [] },
});

/** Every milestone, with how many have reached it. */
export function MilestoneList() {
  return (
    <DefinitionList
      words={milestoneWords}
      purpose="What marks progress. Defined once, completed by facts, used in checklists, plans and funnels."
      whatFor="A milestone says when somebody has got somewhere: the first board, three people invited, live in production. Facts complete it, so nobody has to tick anything."
      starter={starter}
    />
  );
}
