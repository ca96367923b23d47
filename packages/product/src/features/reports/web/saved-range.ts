import type { ReportBody } from '../contract.ts';
import { datesWord, readRange } from './ranges.ts';
import { kindWords } from './report-words.ts';

/** The range that a report opens with, as the address has it. */
export function savedRange({ kind, days, dates }: ReportBody): string {
  return dates ? datesWord(dates) : String(days ?? kindWords(kind).days);
}

/** The report so that it opens with the range: with days that end when it is opened, or from one day to another. */
export function withRange({ days: _days, dates: _dates, ...body }: ReportBody, word: string): ReportBody {
  return { ...body, ...readRange(word) } as ReportBody;
}
