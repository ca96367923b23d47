import { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';

/**
 * Asks for a file of people. The answer is text and not JSON, so the usual request does not serve.
 * @throws {ApiProblem} when the server refuses or does not answer
 */
export async function loadPeopleFile(path: string, asked: object): Promise<string> {
  const answer = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  }).catch(() => undefined);
  if (answer?.ok) return answer.text();
  const told: unknown = await answer?.json().catch(() => undefined);
  const message = typeof told === 'object' && told !== null && 'message' in told ? String(told.message) : undefined;
  throw new ApiProblem({
    code: 'no_file',
    status: answer?.status ?? 0,
    message: message ?? 'The file could not be made. Nothing was changed. Try again.',
  });
}
