/**
 * How a step finds its element: evidence, weighed together. Every member is optional; more evidence means a
 * safer match. No guide is better than a wrong one, so a weak or an ambiguous match finds nothing.
 */
export interface Target {
  /** `data-testid`, `data-test`, `data-cy`, `data-qa`. */
  readonly testId?: string;
  /** The element's id. */
  readonly id?: string;
  readonly tag?: string;
  readonly role?: string;
  readonly name?: string;
  /** Its own visible text, digits folded to `#` when compared. */
  readonly text?: string;
  /** `aria-label`. */
  readonly label?: string;
  /** The author's own CSS selector; pierces open shadow roots with `>>>`. Overrides the other evidence. */
  readonly selector?: string;
}
