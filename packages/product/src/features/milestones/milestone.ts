import type { Matcher } from '../../kernel/slice.ts';
import type { Rule } from '../../rules/rule.ts';

/** Something that marks progress, defined once and completed by facts. Once reached it stays reached. */
export interface Milestone {
  readonly name: string;
  readonly description: string;
  readonly subject: 'person' | 'account';
  readonly rule: Rule;
  /** What it stands for in reports: at most one `activation` per environment is used for the activation rate. */
  readonly role: 'activation' | 'aha' | 'golden_feature' | 'go_live' | 'progress';
}

export const milestoneMatcher: Matcher<Milestone> = {
  slice: 'milestones',
  subject: (body) => body.subject,
  rule: (body) => body.rule,
};
