import { describe, expect, test } from 'vitest';
import { choose, type Evidence, fold } from './score.ts';

const button = (more: Evidence): Evidence => ({ tag: 'button', role: 'button', ...more });

describe('choose', () => {
  test('16: a redeploy that renames ids and reorders finds the same element', () => {
    const target = button({ id: 'btn-1f3a', text: 'Create board', testId: 'create' });
    const page = [
      button({ text: 'Delete board' }),
      button({ id: 'btn-99', text: 'Create board', testId: 'create' }),
      button({ text: 'Invite' }),
    ];
    expect(choose(target, page)).toMatchObject({ found: 1 });
  });

  test('17: the feature is gone and a similar button is there: nothing', () => {
    const target = button({ testId: 'create', id: 'create', text: 'Create' });
    expect(choose(target, [button({ text: 'Create', id: 'other' }), button({ text: 'Cancel' })])).toMatchObject({ reason: 'absent' });
    expect(choose(target, [])).toMatchObject({ reason: 'absent', score: 0 });
  });

  test('18: two equal candidates are ambiguous, with both scores', () => {
    const verdict = choose(button({ text: 'Edit' }), [button({ text: 'Edit' }), button({ text: 'Edit' })]);
    expect(verdict).toMatchObject({ reason: 'ambiguous' });
    expect(verdict.score).toBe(verdict.second);
  });

  test('19: translated text is survived by an id and a test id, never replaced by another element', () => {
    const target = button({ testId: 'save', id: 'save', text: 'Save' });
    expect(choose(target, [button({ testId: 'save', id: 'save', text: 'Speichern' }), button({ text: 'Abbrechen' })])).toMatchObject({
      found: 0,
    });
    expect(choose(button({ text: 'Save' }), [button({ text: 'Speichern' })])).toMatchObject({ reason: 'absent' });
  });

  test('what is rare decides: the label among twenty buttons with the same words', () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      button({ text: 'Edit', label: `Edit ${['alpha', 'beta', 'gamma'][index] ?? `row-${String.fromCharCode(97 + index)}`}` }),
    );
    expect(choose(button({ text: 'Edit', label: 'Edit beta' }), rows)).toMatchObject({ found: 1 });
  });

  test('digits and white space in texts do not count', () => {
    expect(fold(' Inbox\n (12) ')).toBe(fold('inbox (3)'));
  });
});

test('an id that the framework has generated does not count, unless it is all there is', () => {
  const page = [button({ id: ':r9:', text: 'Create board' }), button({ id: ':r1:', text: 'Invite' })];
  expect(choose(button({ id: ':r1:', text: 'Create board' }), page)).toMatchObject({ found: 0 });
  expect(choose({ id: 'report-2026' }, [button({ id: 'report-2026' }), button({ id: 'x' })])).toMatchObject({ found: 0 });
});
