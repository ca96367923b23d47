import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';

export const funnelWords: DefinitionWords = {
  slice: 'reports',
  path: '/funnels',
  noun: 'funnel',
  singular: 'Funnel',
  plural: 'Funnels',
  picture: 'funnel',
  numbers: [],
  whenPublished:
    'This version becomes the agreed one; those before it stay in the list of versions. Drafts are drawn too, so you can look before you agree.',
  whenKilled: 'It stays here and can be drawn, but is no longer the agreed one.',
  parts: {},
};
