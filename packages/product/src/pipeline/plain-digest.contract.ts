import { hash64 } from '../kernel/hash.ts';

/** A digest for tests of code that has no platform. */
export const plainDigest = (text: string): string => hash64(text) + hash64(`again ${text}`);
