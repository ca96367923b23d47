import { isJson, readInput } from './input.mjs';
import { Refusal, redirect } from './reply.mjs';
import { userOf } from './sessions.mjs';

/**
 * @typedef {{ gangway?: string | undefined, writeKey?: string | undefined }} Tag
 * @typedef {{ store: import('./store.mjs').Store, events: import('./gangway.mjs').Events, tag: Tag }} App
 * @typedef {{ user: import('./store.mjs').User, company: import('./store.mjs').Company }} Member
 * @typedef {{
 *   app: App, request: import('node:http').IncomingMessage, url: URL, params: string[],
 *   input: Record<string, unknown>, json: boolean, member: Member | undefined,
 * }} Call
 * @typedef {import('./reply.mjs').Reply} Reply
 * @typedef {{ method: 'GET' | 'POST', path: RegExp, answer: (call: Call) => Reply | Promise<Reply> }} Route
 */

/**
 * A route for people who are signed in; everybody else is sent to the start.
 * @param {'GET' | 'POST'} method
 * @param {RegExp} path
 * @param {(call: Call & { member: Member }) => Reply | Promise<Reply>} answer
 * @returns {Route}
 */
export function forMembers(method, path, answer) {
  return {
    method,
    path,
    answer: (call) => {
      if (call.member) return answer({ ...call, member: call.member });
      if (call.json) throw new Refusal(401, 'Sign in first.');
      return redirect('/');
    },
  };
}

/**
 * Finds the route of a request and answers it.
 * @param {readonly Route[]} routes
 * @param {App} app
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Reply>} rejects with a Refusal when there is no such page or the request comes from another site
 */
export async function answer(routes, app, request) {
  const url = new URL(request.url ?? '/', 'http://corkboard');
  const fits = routes.filter((candidate) => candidate.path.test(url.pathname));
  const route = fits.find((candidate) => candidate.method === (request.method === 'HEAD' ? 'GET' : request.method));
  if (!route) throw fits.length > 0 ? new Refusal(405, 'This page cannot do that.') : new Refusal(404, 'There is no such page.');
  if (route.method === 'POST') refuseOtherSites(request);
  return route.answer({
    app,
    request,
    url,
    params: route.path.exec(url.pathname)?.slice(1) ?? [],
    input: route.method === 'POST' ? await readInput(request) : {},
    json: isJson(request),
    member: memberOf(app, request),
  });
}

/** @param {App} app @param {import('node:http').IncomingMessage} request @returns {Member | undefined} undefined when nobody is signed in */
export function memberOf({ store }, request) {
  const user = userOf(store.state, request);
  const company = user && store.state.companies.find((candidate) => candidate.id === user.company);
  return user && company && { user, company };
}

/** The cookie is SameSite=Lax; this is the second lock. Programs send no Origin. @param {import('node:http').IncomingMessage} request */
function refuseOtherSites(request) {
  const { origin, host } = request.headers;
  if (origin && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new Refusal(403, 'This request came from another site, so nothing was done.');
  }
}
