import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import type { ReportBody } from '../../contract.ts';
import type { ReportKindName } from '../report-words.ts';

export type BodyOf<Kind extends ReportKindName> = Extract<ReportBody, { kind: Kind }>;

/** What the form of a kind is given. */
export interface FormOf<Kind extends ReportKindName> {
  readonly body: BodyOf<Kind>;
  readonly set: (part: Partial<BodyOf<Kind>>) => void;
  readonly issues: readonly Issue[];
}
