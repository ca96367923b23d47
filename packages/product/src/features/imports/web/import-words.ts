import type { Tone } from '@gangway/web/kit/status-badge.tsx';
import type { ImportKind, ImportState, Separator } from '../contract.ts';

export const kindWords: Readonly<Record<ImportKind, string>> = { people: 'People', accounts: 'Accounts', events: 'Past events' };

export const stateWords: Readonly<Record<ImportState, { readonly word: string; readonly tone: Tone }>> = {
  uploading: { word: 'Not started', tone: 'neutral' },
  checking: { word: 'Checking', tone: 'info' },
  checked: { word: 'Checked', tone: 'info' },
  running: { word: 'Importing', tone: 'info' },
  done: { word: 'Done', tone: 'good' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
  failed: { word: 'Stopped', tone: 'bad' },
};

/** What a column can become, as an author says it. */
export const targetWords: Readonly<Record<string, string>> = {
  userId: 'User id',
  anonymousId: 'Anonymous id',
  groupId: 'Account id',
  event: 'Name of the event',
  timestamp: 'Time',
  messageId: 'Id of the event',
  trait: 'Trait of the same name',
};

/** What stands between the cells of a table. */
export const separatorWords: Readonly<Record<Separator, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };
