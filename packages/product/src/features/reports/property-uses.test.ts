import { expect, test } from 'vitest';
import { propertyUses } from './property-uses.ts';

test('the most frequent property first, with its values; lists and objects have none', () => {
  const texts = ['{"plan":"pro","tags":["a"]}', '{"plan":"pro","seats":5}', '{"plan":"free","ok":null}', 'not json', '[1]'];
  expect(propertyUses(texts)).toEqual([
    { name: 'plan', values: ['pro', 'free'] },
    { name: 'ok', values: [] },
    { name: 'seats', values: ['5'] },
    { name: 'tags', values: [] },
  ]);
});
