import { z } from 'zod';
import { longestId } from '../kernel/event.ts';

/** Ids that the application makes or that an author chooses for a definition. */
export const idText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'use 1 to 64 of a-z, 0-9, - and _, starting with a letter or digit')
  // Ids are keys of objects, and every object has this one already.
  .refine((id) => id !== 'constructor', 'this word is taken, choose another');
/** An id that a sender gave: of a user, of an account, of somebody who is not known. */
export const givenId = z.string().min(1).max(longestId);
export const nameText = z.string().trim().min(1, 'give it a name').max(120, 'at most 120 characters');
export const longText = z.string().max(2000, 'at most 2,000 characters');
/** http, https or a path of the customer's own page. */
export const linkText = z
  .string()
  .max(2000)
  .regex(/^(https?:\/\/|\/(?![/\\]))/, 'a web address, or a path that starts with /');
