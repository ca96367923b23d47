import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { tokenFaults } from '@gangway/product/kernel/event.ts';
import { expect, test } from 'vitest';
import { refusalWords } from './refusal-words.ts';

test('every reason that stage 1 can give has a sentence', () => {
  const accept = readFileSync(resolve(import.meta.dirname, '../../product/src/pipeline/accept.ts'), 'utf8');
  const codes = [...accept.matchAll(/refusal\('([a-z_]+)'/g)].map((match) => match[1] ?? '');
  expect(codes.length).toBeGreaterThan(5);
  codes.push(...tokenFaults.map((fault) => `identity_token_${fault}`));
  expect(codes.filter((code) => refusalWords(code).sentence === code)).toEqual([]);
});

test('a reason with details keeps its code; an unknown one is said as it came', () => {
  expect(refusalWords('could_not_apply: row is missing').code).toBe('could_not_apply');
  expect(refusalWords('brand new').sentence).toBe('brand new');
});
