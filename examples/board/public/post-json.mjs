/** What the server said no to; `field` is the form field it belongs to. */
export class Refused extends Error {
  /** @param {string} message @param {string} [field] */
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

/**
 * Posts to Corkboard's own server.
 * @param {string} path
 * @param {Record<string, unknown>} value
 * @returns {Promise<Record<string, any>>} rejects with {@link Refused}, also when the server cannot be reached
 */
export async function postJson(path, value) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  }).catch(() => {
    throw new Refused('Corkboard cannot be reached. Nothing was changed; try again.');
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Refused(answer.message ?? 'That did not work. Nothing was changed; try again.', answer.field);
}
