import { RE2JS } from 're2js';
import { type Answer, yesIf } from './answer.ts';

/** Compiled once a condition and dropped with it; a text that is no pattern is remembered as undefined. */
const compiled = new WeakMap<object, { readonly pattern: string; readonly program: RE2JS | undefined }>();

/**
 * Whether a regular expression of RE2 is found anywhere in a text, in time linear in the text. `.` is not a line
 * break, letters count as they are; `(?i)` and the like change that.
 *
 * @param condition the object that the pattern is a part of: its identity is the key under which it is remembered
 */
export function matchesPattern(condition: object, pattern: string, text: string): Answer {
  let known = compiled.get(condition);
  if (known?.pattern !== pattern) {
    known = { pattern, program: compile(pattern) };
    compiled.set(condition, known);
  }
  return known.program ? yesIf(known.program.test(text)) : 'unknown';
}

/** What is wrong with a pattern, in RE2's words; undefined when it can be compiled. */
export function patternComplaint(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error).replace(/^error parsing regexp: /, '');
  }
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}
