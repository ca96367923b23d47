import { newId, slug } from './ids.mjs';
import { email, text } from './input.mjs';
import { landingPage } from './landing.mjs';
import { planOf } from './plan-list.mjs';
import { done, page, Refusal, redirect } from './reply.mjs';
import { closeSession, openSession } from './sessions.mjs';

/** @typedef {import('./router.mjs').Call} Call */

/** The way in and out. @type {readonly import('./router.mjs').Route[]} */
export const entranceRoutes = [
  { method: 'GET', path: /^\/$/, answer: start },
  { method: 'POST', path: /^\/sign-up$/, answer: signUp },
  { method: 'POST', path: /^\/sign-in$/, answer: signIn },
  { method: 'POST', path: /^\/sign-out$/, answer: signOut },
];

/** @param {Call} call */
function start(call) {
  if (call.member) return redirect('/boards');
  const { state } = call.app.store;
  const invite = findInvite(call, call.url.searchParams.get('invite'));
  if (!invite) return page(landingPage(call, {}));
  const company = state.companies.find((candidate) => candidate.id === invite.company)?.name ?? invite.company;
  const by = state.users.find((user) => user.id === invite.by)?.name ?? 'A teammate';
  return page(landingPage(call, { invite: { token: invite.token, email: invite.email, company, by } }));
}

/** Makes the person and, when it is new, the company; opens a session and tells Gangway. @param {Call} call */
async function signUp(call) {
  const { store, events } = call.app;
  const { state } = store;
  const name = text(call.input, 'name', { label: 'your name' });
  const address = email(call.input, 'email');
  if (state.users.some((user) => user.email === address)) {
    throw new Refusal(409, 'There is an account with this e-mail already. Sign in below.', 'email');
  }
  const company = companyFor(call);
  if (state.users.filter((user) => user.company === company.id).length >= planOf(company).people) {
    throw new Refusal(403, `${company.name} has reached the number of people of its plan. Ask a teammate to choose a larger one.`);
  }
  if (!state.companies.includes(company)) state.companies.push(company);
  const user = { id: newId('user'), name, email: address, company: company.id, createdAt: Date.now() };
  state.users.push(user);
  state.invites = state.invites.filter((invite) => invite.email !== address || invite.company !== company.id);
  const cookie = openSession(state, user.id);
  await store.save();
  events.signedUp(user, company);
  return done(call, { location: '/boards', user, company }, cookie);
}

/**
 * The company of the invite, the one of that name, or a new one. Naming a company is enough to join it: fine for an
 * example on one machine, and it lets a demonstration fill an account quickly.
 * @param {Call} call
 * @returns {import('./store.mjs').Company}
 */
function companyFor(call) {
  const invite = findInvite(call, call.input.invite);
  const name = invite ? '' : text(call.input, 'company', { label: 'the name of your company' });
  const id = invite?.company ?? slug(name);
  const known = call.app.store.state.companies.find((company) => company.id === id);
  return known ?? { id, name, plan: 'free', createdAt: Date.now() };
}

/** @param {Call} call @param {unknown} token */
const findInvite = (call, token) => call.app.store.state.invites.find((invite) => invite.token === token);

/** Corkboard has no passwords: it is an example that listens on its own machine. @param {Call} call */
async function signIn(call) {
  const { store } = call.app;
  const address = email(call.input, 'email');
  const user = store.state.users.find((candidate) => candidate.email === address);
  if (!user) throw new Refusal(404, 'There is no account with this e-mail. Create one above.', 'email');
  const cookie = openSession(store.state, user.id);
  await store.save();
  return done(call, { location: '/boards', user }, cookie);
}

/** @param {Call} call */
async function signOut(call) {
  const cookie = closeSession(call.app.store.state, call.request);
  await call.app.store.save();
  return done(call, { location: '/' }, cookie);
}
