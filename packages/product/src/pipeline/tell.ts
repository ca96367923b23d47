import type { LoggedEntry } from '../kernel/entry.ts';
import { send } from './react.ts';
import type { Registry } from './registry.ts';
import type { WorkingSet } from './working-set.ts';

/** What an account may have to hear of one of its people. */
interface News {
  readonly account: string;
  readonly person: string;
  readonly milestone: string;
  readonly at: number;
}

/** Appends the news again under the account's key, and only when some definition of the account cares. */
export function tellAccount(set: WorkingSet, registry: Registry, entry: LoggedEntry, news: News): void {
  if (!registry.caresAbout(news.account, news.milestone)) return;
  send(set, entry, { id: `copy:${news.account}:${news.milestone}:${news.person}`, body: { what: 'copy', ...news } });
}
