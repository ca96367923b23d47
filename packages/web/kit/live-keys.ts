import { isGrowing } from './api/growing-key.ts';

/** What events have touched since the last refresh. */
export interface Touched {
  /** The stream was away: everything may have changed. */
  all: boolean;
  /** Events have reached the reports. */
  analytics: boolean;
  readonly people: Set<string>;
  readonly accounts: Set<string>;
}

const bySubject = { people: 3, accounts: 3, explain: 5 } as const;
/** What reports are made of, for lists and pickers: a sample, and what authors have saved. */
const besides = ['properties', 'kinds', 'queue'];
const always = ['ingestion', 'definitions', 'plans', 'failed', 'events'];

/** Whether a cached answer (its key as `answerKey` makes it) may have changed by what was touched. */
export function concerns(key: readonly unknown[], environment: string, touched: Touched): boolean {
  const [root, of, resource] = key;
  if (root !== 'e' || of !== environment) return false;
  if (touched.all) return true;
  if (typeof resource !== 'string' || isGrowing(key)) return false;
  // What is read from the analytics store can be asked for only when the events have reached it.
  if (resource === 'reports') return touched.analytics && !besides.includes(String(key[3]));
  if (resource === 'live' || (resource === 'people' && key[4] === 'timeline')) return touched.analytics;
  const somebody = touched.people.size + touched.accounts.size > 0;
  if (resource === 'people' || resource === 'accounts' || resource === 'explain') {
    const subject = key[bySubject[resource]];
    // A list (no subject in its key) shows anybody.
    if (typeof subject !== 'string') return somebody;
    return touched.people.has(subject) || touched.accounts.has(subject);
  }
  return somebody && always.includes(resource);
}
