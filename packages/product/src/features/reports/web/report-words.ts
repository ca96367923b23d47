import type { DefinitionWords } from '@gangway/web/kit/definitions/definition-words.ts';
import type { PictureName } from '@gangway/web/kit/empty-picture.tsx';
import type { ReportBody } from '../contract.ts';

export type ReportKindName = ReportBody['kind'];

interface KindWords {
  readonly kind: ReportKindName;
  /** As a title: `Retention`. */
  readonly title: string;
  /** Inside a sentence: `retention report`. */
  readonly noun: string;
  /** The question it answers. */
  readonly question: string;
  readonly picture: PictureName;
  /** Days of the range that it opens with when nobody chose others. */
  readonly days: number;
}

/** The kinds of reports, in the order in which they are offered. */
export const reportKinds: readonly KindWords[] = [
  {
    kind: 'funnel',
    title: 'Funnel',
    noun: 'funnel',
    question: 'How many get from one step to the next, and where do they stop?',
    picture: 'funnel',
    days: 30,
  },
  {
    kind: 'trend',
    title: 'Trend',
    noun: 'trend',
    question: 'How often does it happen, or to how many people, over time?',
    picture: 'events',
    days: 30,
  },
  {
    kind: 'retention',
    title: 'Retention',
    noun: 'retention report',
    question: 'Who comes back, and for how long?',
    picture: 'events',
    days: 56,
  },
  {
    kind: 'lifecycle',
    title: 'Lifecycle',
    noun: 'lifecycle report',
    question: 'Who is new, who stays, who returns and who has gone?',
    picture: 'events',
    days: 84,
  },
  {
    kind: 'stickiness',
    title: 'Stickiness',
    noun: 'stickiness report',
    question: 'On how many days, weeks or months are people active?',
    picture: 'events',
    days: 30,
  },
  {
    kind: 'paths',
    title: 'Paths',
    noun: 'paths report',
    question: 'What do people do next, or what had they done before?',
    picture: 'guide',
    days: 30,
  },
  {
    kind: 'time-to-value',
    title: 'Time to value',
    noun: 'time-to-value report',
    question: 'How long does it take to come to the first value, counting those who are not there yet?',
    picture: 'milestone',
    days: 90,
  },
];

const fallback = reportKinds[0] as KindWords;

/** The words of a kind; those of a funnel for one that is not known. */
export function kindWords(kind: string): KindWords {
  return reportKinds.find((each) => each.kind === kind) ?? fallback;
}

/** What reports are called on their list. */
export const reportWords: DefinitionWords = {
  slice: 'reports',
  path: '/reports',
  noun: 'report',
  singular: 'Report',
  plural: 'Reports',
  picture: 'funnel',
  numbers: [],
  whenPublished:
    'This version is the agreed one from now on; Home draws an agreed funnel. Drafts are drawn here only, so you can look before others do.',
  whenKilled: 'It stays here and can still be drawn.',
  parts: {},
};

/** The same inside one report. */
export function wordsOf(kind: string): DefinitionWords {
  const { noun, title, picture } = kindWords(kind);
  return { ...reportWords, noun, singular: title, picture };
}
