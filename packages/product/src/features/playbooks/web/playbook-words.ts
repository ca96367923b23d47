import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';

export const playbookWords: DefinitionWords = {
  slice: 'playbooks',
  path: '/playbooks',
  noun: 'playbook',
  singular: 'Playbook',
  plural: 'Playbooks',
  picture: 'plan',
  numbers: [],
  whenPublished: 'Plans that start from now on follow this version. Plans that are running keep the version they started with.',
  whenKilled: 'No new plan can start from it; running plans go on.',
  parts: { phases: 'Phase', tasks: 'Task' },
};
