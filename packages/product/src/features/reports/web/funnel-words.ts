import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';

export const funnelWords: DefinitionWords = {
  slice: 'reports',
  path: '/funnels',
  noun: 'funnel',
  singular: 'Funnel',
  plural: 'Funnels',
  picture: 'funnel',
  numbers: [],
  whenPublished: 'Home draws this version from now on. Drafts are drawn here only, so you can look before others do.',
  whenKilled: 'It stays here and can still be drawn.',
  parts: {},
};
