import { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';

const partBytes = 4 * 1024 ** 2;
const tries = 5;

interface UploadInput {
  /** `/api/e/…/imports/…` */
  readonly address: string;
  readonly file: Blob;
  /** Share that has arrived, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Sends a file in parts, one after the other. A part that got lost on the way is sent again; one that had arrived
 * is not, because the server says where the file ends.
 * @throws {ApiProblem} what the server refused, or that it could not be reached five times in a row
 */
export async function uploadFile({ address, file, onProgress }: UploadInput): Promise<void> {
  let [offset, failures] = [0, 0];
  while (offset < file.size) {
    const answer = await send(`${address}/parts?offset=${offset}`, file.slice(offset, offset + partBytes));
    const body = (await answer?.json().catch(() => ({}))) as {
      bytes?: number;
      detail?: { bytes?: number };
      code?: string;
      message?: string;
    };
    const known = answer?.ok ? body.bytes : answer?.status === 409 ? body.detail?.bytes : undefined;
    if (known !== undefined && known > offset) {
      [offset, failures] = [known, 0];
      onProgress(offset / file.size);
      continue;
    }
    if (answer && answer.status < 500)
      throw new ApiProblem({ code: body.code ?? 'unexpected', status: answer.status, message: body.message ?? 'The file was refused.' });
    if (++failures >= tries)
      throw new ApiProblem({
        code: 'unreachable',
        status: 0,
        message: 'The server did not take the file. What arrived is kept; try again.',
      });
    await new Promise((done) => setTimeout(done, 500 * 2 ** failures));
  }
}

/** Undefined when there was no answer. */
function send(address: string, body: Blob): Promise<Response | undefined> {
  const headers = { 'content-type': 'application/octet-stream', accept: 'application/json' };
  return fetch(address, { method: 'POST', credentials: 'same-origin', headers, body }).catch(() => undefined);
}
