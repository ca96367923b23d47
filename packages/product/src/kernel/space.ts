/**
 * How much room the disk has. `low`: what can wait, such as an import, waits, so that events do not have to.
 * `full`: nothing new is taken; reading goes on.
 */
export type Space = 'ample' | 'low' | 'full';
