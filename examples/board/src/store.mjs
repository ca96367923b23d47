import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {{ id: string, name: string, email: string, company: string, createdAt: number }} User
 * @typedef {{ id: string, name: string, plan: import('./plan-list.mjs').PlanId, createdAt: number }} Company
 * @typedef {{ token: string, company: string, email: string, by: string, createdAt: number }} Invite
 * @typedef {{ id: string, title: string, createdBy: string, createdAt: number }} Card
 * @typedef {{ id: string, title: string, cards: Card[] }} Column
 * @typedef {{ id: string, company: string, name: string, createdAt: number, columns: Column[] }} Board
 * @typedef {{ hash: string, user: string, expiresAt: number }} Session
 * @typedef {{ users: User[], companies: Company[], invites: Invite[], boards: Board[], sessions: Session[] }} State
 * @typedef {{ state: State, save: () => Promise<void> }} Store
 */

/**
 * Everything Corkboard knows: in memory, and in one JSON file. Change `state` in place, then await `save()`.
 * @param {string} folder where `corkboard.json` lives; made when absent
 * @returns {Promise<Store>} rejects when the file is there but is not JSON
 */
export async function openStore(folder) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'corkboard.json');
  const state = await read(file);
  /** @type {Promise<void>} */
  let last = Promise.resolve();
  /** @type {Promise<void> | undefined} */
  let waiting;

  // One write at a time; all changes made while one runs share the next.
  const save = () => {
    waiting ??= last.then(() => {
      waiting = undefined;
      return write(file, state);
    });
    last = waiting.catch(() => undefined);
    return waiting;
  };
  return { state, save };
}

/** @param {string} file @returns {Promise<State>} */
async function read(file) {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return { users: [], companies: [], invites: [], boards: [], sessions: [], ...JSON.parse(text) };
  } catch {
    throw new Error(`${file} is not JSON. Mend it, or move it away to start empty.`);
  }
}

/** A crash in the middle must leave the old file whole, so the new one is written beside it and renamed. @param {string} file @param {State} state */
async function write(file, state) {
  await writeFile(`${file}.new`, JSON.stringify(state, null, 1));
  await rename(`${file}.new`, file);
}
