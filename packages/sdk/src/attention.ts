import type { BundleContent, ManifestEntry } from '@gangway/product/kernel/manifest.ts';
import { answerPage } from '@gangway/product/rules/answer-page.ts';
import type { PageFact } from '@gangway/product/rules/facts.ts';
import { walk } from '@gangway/product/rules/walk.ts';

/** A content that this person may see on this page now. */
export interface Candidate {
  readonly content: BundleContent;
  readonly entry: ManifestEntry;
}

/** What this device remembers of a content: `running` (a reload goes on with it) or `done` (a stale manifest must not show it again). */
export type Mark = 'running' | 'done' | undefined;

export interface Outlook {
  /** Stand quietly on the page: the first of each kind. */
  readonly standing: readonly Candidate[];
  /** The one guide that would start, or go on, by itself. */
  readonly guide: BundleContent | undefined;
  /** Server time at which something of this could change by time alone. */
  readonly until: number | undefined;
}

interface Situation {
  readonly contents: readonly BundleContent[];
  readonly entries: readonly ManifestEntry[];
  readonly page: PageFact;
  /** Server time, epoch milliseconds. */
  readonly now: number;
  readonly mark: (id: string) => Mark;
  /** A guide has already been shown since the last page change. */
  readonly spent: boolean;
}

/**
 * Decides what may be on screen. Contents with `start` are guides and take the attention: one at a time, one a page;
 * those without it stand in a corner.
 */
export function outlookOf(situation: Situation): Outlook {
  const { contents, entries, page, now, mark, spent } = situation;
  const byId = new Map(contents.map((content) => [content.id, content]));
  const untils: number[] = [];
  const allowed = entries.flatMap((entry): Candidate[] => {
    const content = byId.get(entry.id);
    if (!content || mark(entry.id) === 'done' || (entry.until !== undefined && entry.until <= now)) return [];
    // The server has decided all that could change by time alone, and says until when.
    const { answer } = walk(entry.show, (condition) => answerPage(condition, page));
    if (entry.until !== undefined) untils.push(entry.until);
    return answer === 'yes' ? [{ content, entry }] : [];
  });
  const standing = allowed.filter(
    ({ content }, index) => startOf(content) === undefined && index === allowed.findIndex((other) => other.content.kind === content.kind),
  );
  const running = contents.find((content) => startOf(content) !== undefined && mark(content.id) === 'running');
  const fresh = spent ? undefined : allowed.find(({ content }) => startOf(content) === 'auto')?.content;
  return { standing, guide: running ?? fresh, until: untils.length === 0 ? undefined : Math.min(...untils) };
}

/** `auto` or `manual` for a guide; undefined for what stands quietly. */
export function startOf(content: BundleContent): unknown {
  const { body } = content;
  return typeof body === 'object' && body !== null && 'start' in body ? body.start : undefined;
}
