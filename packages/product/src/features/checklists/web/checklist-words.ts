import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';

export const checklistWords: DefinitionWords = {
  slice: 'checklists',
  path: '/checklists',
  noun: 'checklist',
  singular: 'Checklist',
  plural: 'Checklists',
  picture: 'checklist',
  numbers: [
    { header: 'Not started', states: ['shown'] },
    { header: 'In progress', states: ['in_progress'] },
    { header: 'Completed', states: ['completed'] },
    { header: 'Dismissed', states: ['dismissed'] },
  ],
  whenPublished: 'Open pages take the new version within seconds. Items whose milestones were reached before are ticked at once.',
  backfill: {
    everyone: 'Everyone who matches, also those who match already',
    fromNow: 'Only those who come to match from now on',
  },
  whenKilled: 'It disappears from open pages now.',
  parts: { items: 'Item' },
};
