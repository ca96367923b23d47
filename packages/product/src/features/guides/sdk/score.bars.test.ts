import { expect, test } from 'vitest';
import { choose, type Evidence } from './score.ts';

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const verbs = [
  'Create',
  'Edit',
  'Delete',
  'Share',
  'Export',
  'Archive',
  'Invite',
  'Rename',
  'Move',
  'Copy',
  'Open',
  'Save',
  'Print',
  'Assign',
  'Filter',
];
const nouns = ['board', 'card', 'member', 'report', 'view', 'label', 'comment', 'file', 'team', 'plan', 'column', 'goal'];

interface Made {
  readonly key: number;
  readonly evidence: Evidence;
}

/** A page of an application: menus, rows with the same words, some elements with test ids, some with generated ids. */
function pageOf(random: () => number): Made[] {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  return Array.from({ length: 40 + Math.floor(random() * 100) }, (_, key): Made => {
    const tag = random() < 0.6 ? 'button' : random() < 0.7 ? 'a' : 'input';
    const words = random() < 0.3 ? 'Edit' : `${pick(verbs)} ${pick(nouns)}`;
    const counted = random() < 0.1 ? `${words} (${Math.floor(random() * 90)})` : words;
    return {
      key,
      evidence: {
        tag,
        role: tag === 'a' ? 'link' : tag === 'input' ? 'textbox' : 'button',
        ...(random() < 0.45 ? { testId: `${words.toLowerCase().replace(' ', '-')}-${key}` } : {}),
        ...(random() < 0.4 ? { id: random() < 0.5 ? `${pick(nouns)}-${key}` : `:r${key.toString(36)}:` } : {}),
        ...(tag === 'input' ? { name: `${pick(nouns)}_${key}` } : { text: counted }),
        ...(random() < 0.2 ? { label: `${words} ${pick(nouns)} ${key % 7}` } : {}),
      },
    };
  });
}

/** What a redeploy does. Medium: generated ids, numbers, order, new elements. Heavy: also copy, tags, renamed test ids. */
function redeploy(page: readonly Made[], heavy: boolean, random: () => number): Made[] {
  const changed = page.map(({ key, evidence }): Made => {
    const { id, text, testId, ...rest } = evidence;
    const renamed = heavy && random() < 0.08;
    const rewritten = heavy && random() < 0.15;
    const swapped = heavy && random() < 0.05 && rest.tag !== 'input';
    return {
      key,
      evidence: {
        ...rest,
        ...(swapped ? { tag: 'a', role: 'link' } : {}),
        ...(id === undefined ? {} : { id: id.startsWith(':r') ? `:r${Math.floor(random() * 9999).toString(36)}:` : id }),
        ...(testId === undefined ? {} : { testId: renamed ? `v2-${testId}` : testId }),
        ...(text === undefined ? {} : { text: rewritten ? `${text} now` : text.replace(/\d+/, String(Math.floor(random() * 90))) }),
      },
    };
  });
  const fresh = pageOf(random)
    .slice(0, 8)
    .map(({ evidence }, index) => ({
      key: 10_000 + index,
      evidence: { ...evidence, ...(evidence.testId ? { testId: `new-${evidence.testId}` } : {}) },
    }));
  return [...changed, ...fresh].sort(() => random() - 0.5);
}

/** Shares of all targets that could be told apart when they were picked. */
function measure(heavy: boolean) {
  const count = { targets: 0, hit: 0, wrong: 0, foundThoughGone: 0 };
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomOf(seed * 7919);
    const page = pageOf(random);
    const later = redeploy(page, heavy, random);
    for (const { key, evidence } of page) {
      // The builder refuses what it cannot tell apart on the very page on which it was picked.
      if (
        page[
          choose(
            evidence,
            page.map((each) => each.evidence),
          ).found ?? -1
        ]?.key !== key
      )
        continue;
      count.targets++;
      const found =
        later[
          choose(
            evidence,
            later.map((each) => each.evidence),
          ).found ?? -1
        ]?.key;
      if (found === key) count.hit++;
      else if (found !== undefined) count.wrong++;
      const without = later.filter((each) => each.key !== key);
      if (
        choose(
          evidence,
          without.map((each) => each.evidence),
        ).found !== undefined
      )
        count.foundThoughGone++;
    }
  }
  return {
    targets: count.targets,
    hit: count.hit / count.targets,
    wrong: count.wrong / count.targets,
    foundThoughGone: count.foundThoughGone / count.targets,
  };
}

test('a medium redeploy: at least 97 % found, at most 1.5 % wrong, at most 6 % found though gone', () => {
  const { targets, hit, wrong, foundThoughGone } = measure(false);
  expect(targets).toBeGreaterThan(1000);
  expect(hit).toBeGreaterThanOrEqual(0.97);
  expect(wrong).toBeLessThanOrEqual(0.015);
  expect(foundThoughGone).toBeLessThanOrEqual(0.06);
});

test('a heavy redeploy: at least 85 % found, at most 1.5 % wrong, at most 6 % found though gone', () => {
  const { hit, wrong, foundThoughGone } = measure(true);
  expect(hit).toBeGreaterThanOrEqual(0.85);
  expect(wrong).toBeLessThanOrEqual(0.015);
  expect(foundThoughGone).toBeLessThanOrEqual(0.06);
});
