import type { LoggedEntry } from '../kernel/entry.ts';
import { send } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import type { WorkingSet } from './working-set.ts';

/** What an account may have to hear of one of its people. */
export interface News {
  readonly person: string;
  readonly milestone: string;
  readonly at: number;
}

/** Tells the person's accounts of a milestone, where somebody cares. */
export function tellAccounts(set: WorkingSet, registry: Registry, entry: LoggedEntry, news: News): void {
  const row = set.people.get({ id: news.person, ...scopeColumns(entry.scope) });
  for (const account of row?.doc.accounts ?? []) tellAccount(set, registry, entry, { account, ...news });
}

/** Appends the news again under the account's key, and only when some definition of the account cares. */
export function tellAccount(set: WorkingSet, registry: Registry, entry: LoggedEntry, news: News & { readonly account: string }): void {
  if (!registry.caresAbout(news.account, news.milestone)) return;
  send(set, entry, { id: `copy:${news.account}:${news.milestone}:${news.person}`, body: { what: 'copy', ...news } });
}
