import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';

export const segmentWords: DefinitionWords = {
  slice: 'segments',
  path: '/segments',
  noun: 'segment',
  singular: 'Segment',
  plural: 'Segments',
  picture: 'list',
  numbers: [],
  whenPublished: 'This version becomes the agreed meaning, and “Is somebody in it?” answers by it. Nothing is shown or sent to anybody.',
  whenKilled: 'It stays here with its versions, but is no longer the agreed meaning.',
  parts: {},
};
