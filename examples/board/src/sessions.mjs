import { createHash, randomBytes } from 'node:crypto';

const cookie = 'corkboard_session';
const days = 30;

/** @param {string} token */
const hashOf = (token) => createHash('sha256').update(token).digest('hex');

/** Opens a session and returns the header that gives it to the browser. @param {import('./store.mjs').State} state @param {string} user */
export function openSession(state, user) {
  const token = randomBytes(32).toString('base64url');
  const now = Date.now();
  state.sessions = state.sessions.filter((session) => session.expiresAt > now);
  state.sessions.push({ hash: hashOf(token), user, expiresAt: now + days * 86_400_000 });
  return { 'set-cookie': `${cookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${days * 86_400}` };
}

/** Ends the session of a request and returns the header that takes the cookie away. @param {import('./store.mjs').State} state @param {import('node:http').IncomingMessage} request */
export function closeSession(state, request) {
  const hash = hashOf(tokenOf(request));
  state.sessions = state.sessions.filter((session) => session.hash !== hash);
  return { 'set-cookie': `${cookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` };
}

/** @param {import('./store.mjs').State} state @param {import('node:http').IncomingMessage} request @returns {import('./store.mjs').User | undefined} undefined when nobody is signed in */
export function userOf(state, request) {
  const hash = hashOf(tokenOf(request));
  const session = state.sessions.find((candidate) => candidate.hash === hash && candidate.expiresAt > Date.now());
  return session && state.users.find((user) => user.id === session.user);
}

/** @param {import('node:http').IncomingMessage} request */
function tokenOf(request) {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookie)?.[1] ?? '';
}
