/** What the pickers of a rule offer. Events may also be typed freely: one may be named before it is first sent. */
export interface RuleChoices {
  readonly events: readonly string[];
  readonly milestones: readonly { readonly id: string; readonly name: string }[];
}
