import { z } from 'zod';
import { longestWindow } from '../rules/rule.ts';

/** The last millisecond whose order keys (`time * 4096 + tie`) are exact: in the year 2039. */
const lastInstant = Math.floor(Number.MAX_SAFE_INTEGER / 4096) - 1;

/** Epoch milliseconds that every engine can compare. */
export const instant = z.number().int().min(0).max(lastInstant);
/** The same in a query, where everything is text. */
export const queryInstant = z.coerce.number().int().min(0).max(lastInstant);
/** A window in milliseconds: from a second to a leap year. */
export const span = z.number().int().min(1000).max(longestWindow);
/** The same in a query. */
export const querySpan = z.coerce.number().int().min(1000).max(longestWindow);
