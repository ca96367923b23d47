import type {
  FunnelAnswer,
  LifecycleAnswer,
  PathsAnswer,
  RetentionAnswer,
  StickinessAnswer,
  TrendAnswer,
  ValueAnswer,
} from '../contract.ts';

/** What the server answered, with the kind of the report it was asked for. */
export type ReportAnswer =
  | ({ readonly kind: 'funnel' } & FunnelAnswer)
  | ({ readonly kind: 'retention' } & RetentionAnswer)
  | ({ readonly kind: 'lifecycle' } & LifecycleAnswer)
  | ({ readonly kind: 'stickiness' } & StickinessAnswer)
  | ({ readonly kind: 'trend' } & TrendAnswer)
  | ({ readonly kind: 'paths' } & PathsAnswer)
  | ({ readonly kind: 'time-to-value' } & ValueAnswer);
