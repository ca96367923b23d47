import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';

export const guideWords: DefinitionWords = {
  slice: 'guides',
  path: '/guides',
  noun: 'tour',
  singular: 'Tour',
  plural: 'Guides',
  picture: 'guide',
  numbers: [
    { header: 'Shown', states: ['shown', 'completed', 'dismissed'] },
    { header: 'Completed', states: ['completed'] },
    { header: 'Dismissed', states: ['dismissed'] },
  ],
  whenPublished: 'Open pages take the new version within seconds. Whoever has completed or dismissed the tour does not see it again.',
  backfill: {
    everyone: 'Everyone who matches, also those who match already',
    fromNow: 'Only those who come to match from now on',
  },
  whenKilled: 'It disappears from open pages now.',
  parts: { steps: 'Step' },
};
