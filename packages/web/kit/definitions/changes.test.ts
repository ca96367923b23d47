import { describe, expect, it } from 'vitest';
import { listChanges } from './changes.ts';

const words = { parts: { steps: 'Step' }, names: { milestone: String } };
const step = (id: string, title: string) => ({ id, title, placement: 'bottom' });

describe('what changed between two versions', () => {
  it('says nothing of equal bodies, whatever the order of keys', () => {
    expect(listChanges({ name: 'A', start: 'auto' }, { start: 'auto', name: 'A' }, words)).toEqual([]);
  });
  it('follows steps by id: added, removed, changed and moved', () => {
    const before = { steps: [step('a', 'One'), step('b', 'Two'), step('c', 'Three')] };
    const after = { steps: [step('b', 'Two'), { ...step('a', 'One'), placement: 'top' }, step('d', 'Four')] };
    expect(listChanges(before, after, words)).toEqual([
      'Step “One”: placement: “bottom” → “top”',
      'Step added: “Four”',
      'Step removed: “Three”',
      'Step order changed',
    ]);
  });
  it('says a holdout in per cent, also where there was none', () => {
    expect(listChanges({}, { holdout: 20 }, words)).toEqual(['Holdout: 0 % → 20 %']);
    expect(listChanges({ holdout: 20 }, { holdout: 0 }, words)).toEqual(['Holdout: 20 % → 0 %']);
  });
  it('says a rule in words and a long text as changed', () => {
    expect(listChanges({ audience: { type: 'all', of: [] } }, { audience: { type: 'page', path: '/x' } }, words)).toEqual([
      'Audience: now is on a page like /x',
    ]);
    expect(listChanges({ intro: 'short' }, { intro: 'x'.repeat(200) }, words)).toEqual(['Intro changed']);
  });
});
