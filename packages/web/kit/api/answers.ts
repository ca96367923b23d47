/**
 * The shapes that screens of several slices read. A screen takes what its own slice answers from its own
 * contract; what belongs to another slice it takes from here. Types only: the schemas stay on the server.
 */
export type {
  AccountAnswer,
  AccountRow,
  ExplainAnswer,
  FailedEvent,
  IngestionAnswer,
  PersonAnswer,
  PersonRow,
  TimelineEvent,
  VarietyAnswer,
} from '@gangway/product/features/people/contract.ts';
export type { PlanSummary } from '@gangway/product/features/plans/contract.ts';
export type { ActivationAnswer, FunnelAnswer } from '@gangway/product/features/reports/contract.ts';
export type { KeyRow, Mailbox, SessionAnswer } from '@gangway/product/features/workspace/contract.ts';
export type { BacktestAnswer, BacktestRow, BacktestSubjectsAnswer } from '@gangway/product/wire/backtest.ts';
export type { DecisionCountsAnswer, DecisionTransition, PersonDecisionsAnswer } from '@gangway/product/wire/decision.ts';
export type { DefinitionAnswer, DefinitionName, DefinitionRow, PreparingAnswer, VersionAnswer } from '@gangway/product/wire/definitions.ts';
