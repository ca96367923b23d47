import type { BundleContent, ManifestEntry } from '@gangway/product/kernel/manifest.ts';
import { always, type Rule } from '@gangway/product/rules/rule.ts';
import { describe, expect, test } from 'vitest';
import { type Mark, outlookOf } from './attention.ts';

const auto = (id: string): BundleContent => ({ id, kind: 'tour', version: 1, body: { start: 'auto', steps: [] } });
const manual = (id: string): BundleContent => ({ id, kind: 'tour', version: 1, body: { start: 'manual', steps: [] } });
const list = (id: string): BundleContent => ({ id, kind: 'checklist', version: 1, body: { items: [] } });
const entry = (id: string, more: Partial<ManifestEntry> = {}): ManifestEntry => ({ id, version: 1, show: always, state: {}, ...more });

function outlook(
  contents: BundleContent[],
  entries: ManifestEntry[],
  more: { marks?: Record<string, Mark>; spent?: boolean; path?: string; now?: number } = {},
) {
  const { marks = {}, spent = false, path = '/', now = 1000 } = more;
  return outlookOf({ contents, entries, page: { path }, now, mark: (id) => marks[id], spent });
}

describe('attention', () => {
  test('one guide and the first checklist', () => {
    const all = [auto('a'), auto('b'), list('c'), list('d')];
    const { guide, standing } = outlook(
      all,
      all.map(({ id }) => entry(id)),
    );
    expect(guide?.id).toBe('a');
    expect(standing.map(({ content }) => content.id)).toEqual(['c']);
  });

  test('a manual guide waits to be asked for, and goes on once it runs', () => {
    expect(outlook([manual('a')], [entry('a')]).guide).toBeUndefined();
    expect(outlook([manual('a')], [], { marks: { a: 'running' } }).guide?.id).toBe('a');
  });

  test('a running guide goes before a new one, and goes on when its audience has changed meanwhile', () => {
    expect(outlook([auto('a'), auto('b')], [entry('a')], { marks: { b: 'running' }, spent: true }).guide?.id).toBe('b');
  });

  test('what this device knows to be done is not shown by a stale manifest', () => {
    const { guide, standing } = outlook([auto('a'), list('c')], [entry('a'), entry('c')], { marks: { a: 'done', c: 'done' } });
    expect(guide).toBeUndefined();
    expect(standing).toEqual([]);
  });

  test('no second automatic guide on the same page', () => {
    expect(outlook([auto('a')], [entry('a')], { spent: true }).guide).toBeUndefined();
  });

  test('page conditions decide here; what is unknown or expired is not shown', () => {
    const onBoards: Rule = { type: 'page', path: '/boards/**' };
    const trait: Rule = { type: 'trait', name: '', operator: 'exists' };
    expect(outlook([auto('a')], [entry('a', { show: onBoards })], { path: '/boards/7' }).guide?.id).toBe('a');
    expect(outlook([auto('a')], [entry('a', { show: onBoards })], { path: '/' }).guide).toBeUndefined();
    expect(outlook([auto('a')], [entry('a', { show: trait })]).guide).toBeUndefined();
    expect(outlook([auto('a')], [entry('a', { until: 999 })]).guide).toBeUndefined();
    expect(outlook([auto('a')], [entry('a', { until: 5000 })]).until).toBe(5000);
  });
});
