import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';
import type { Milestone } from '../milestone.ts';

export const milestoneWords: DefinitionWords = {
  slice: 'milestones',
  path: '/milestones',
  noun: 'milestone',
  singular: 'Milestone',
  plural: 'Milestones',
  picture: 'milestone',
  numbers: [{ header: 'Reached', states: ['reached'] }],
  whenPublished:
    'From now on facts complete it: it ticks checklists, closes tasks in plans and appears in funnels. Once reached, it stays reached.',
  backfill: {
    everyone: 'Everyone who matches already reaches it too, by what they did before',
    fromNow: 'Only those who come to match from now on',
  },
  whenKilled: 'Nobody reaches it any more; what was reached stays.',
  parts: {},
};

/** Whom a milestone counts, for its reach. */
export function unitOf(subject: Milestone['subject']): readonly [one: string, many: string] {
  return subject === 'person' ? ['person', 'people'] : ['account', 'accounts'];
}
