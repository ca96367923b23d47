/**
 * The store could not be asked, or went away in the middle: it says nothing of what was asked. What was on its way
 * may be done or not; who tries again finds out.
 */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}
