import { Refusal } from './reply.mjs';

const limit = 64 * 1024;

/**
 * The fields of a posted body, JSON or form; everything else about them is still to be checked.
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Record<string, unknown>>} rejects with a Refusal when it is too large or cannot be read
 */
export async function readInput(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw new Refusal(413, 'That is too much at once.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (!isJson(request)) return Object.fromEntries(new URLSearchParams(text));
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Answered below like any other body that is not an object.
  }
  throw new Refusal(400, 'The request is not valid JSON.');
}

/** @param {import('node:http').IncomingMessage} request */
export const isJson = (request) => (request.headers['content-type'] ?? '').startsWith('application/json');

/**
 * A text field, trimmed.
 * @param {Record<string, unknown>} input
 * @param {string} name
 * @param {{ label: string, max?: number }} rule
 */
export function text(input, name, { label, max = 80 }) {
  const raw = input[name];
  const value = typeof raw === 'string' ? raw.trim() : '';
  if (value === '') throw new Refusal(422, `Enter ${label}.`, name);
  if (value.length > max) throw new Refusal(422, `Use at most ${max} characters.`, name);
  return value;
}

/** An e-mail address in lower case. @param {Record<string, unknown>} input @param {string} name */
export function email(input, name) {
  const value = text(input, name, { label: 'an e-mail address', max: 254 }).toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(value)) throw new Refusal(422, 'Enter an e-mail address such as ada@example.com.', name);
  return value;
}
