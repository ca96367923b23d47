/**
 * @typedef {{ status: number, headers: Record<string, string>, body: string | Buffer }} Reply
 */

/** An error that the person may see; `field` is the form field it belongs to. */
export class Refusal extends Error {
  /** @param {number} status @param {string} message @param {string} [field] */
  constructor(status, message, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** @param {import('./html.mjs').Markup} markup @param {number} [status] @returns {Reply} */
export function page(markup, status = 200) {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body: markup.text };
}

/** @param {number} status @param {unknown} value @param {Record<string, string>} [headers] @returns {Reply} */
export function json(status, value, headers = {}) {
  return { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }, body: JSON.stringify(value) };
}

/** @param {string} location @param {Record<string, string>} [headers] @returns {Reply} */
export function redirect(location, headers = {}) {
  return { status: 303, headers: { location, ...headers }, body: '' };
}

/**
 * The answer to something done: JSON with `location` for a browser module or a program, a redirect for a plain form.
 * @param {{ json: boolean }} call
 * @param {{ location: string, [name: string]: unknown }} value
 * @param {Record<string, string>} [headers]
 */
export function done(call, value, headers) {
  return call.json ? json(201, value, headers) : redirect(value.location, headers);
}
