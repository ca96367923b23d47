/** How a task is closed: by hand, or by a fact. */
export type Completion =
  | { readonly type: 'manual' }
  /** When `people` different people of the account reached the milestone (or the account itself did, for an account's milestone). */
  | { readonly type: 'milestone'; readonly milestone: string; readonly people: number };

export interface PlaybookTask {
  readonly id: string;
  readonly title: string;
  /** Why it matters, in the customer's words. */
  readonly why: string;
  readonly owner: 'customer' | 'vendor';
  /** Working days after the plan's start. */
  readonly dueDay: number;
  readonly minutes: number;
  /** Internal tasks never show in the portal. */
  readonly internal: boolean;
  readonly completion: Completion;
  /** Where the customer does it; absent = nowhere in particular. */
  readonly url?: string;
}

export interface PlaybookPhase {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly PlaybookTask[];
}

/** The template of customer onboarding. A plan is a running copy of one published version. */
export interface Playbook {
  readonly name: string;
  readonly description: string;
  readonly phases: readonly PlaybookPhase[];
}
