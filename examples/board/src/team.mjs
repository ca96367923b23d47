import { randomBytes } from 'node:crypto';
import { email } from './input.mjs';
import { planOf } from './plan-list.mjs';
import { done, page, Refusal } from './reply.mjs';
import { forMembers } from './router.mjs';
import { teamPage } from './team-page.mjs';

/** @typedef {import('./router.mjs').Call & { member: import('./router.mjs').Member }} MemberCall */

/** The people of a company and those who are invited. */
export const teamRoutes = [forMembers('GET', /^\/team$/, showTeam), forMembers('POST', /^\/team\/invites$/, invite)];

/** @param {MemberCall} call */
function showTeam(call) {
  const { state } = call.app.store;
  const { id } = call.member.company;
  const people = state.users.filter((user) => user.company === id);
  const invites = state.invites.filter((open) => open.company === id);
  return page(teamPage(call, { people, invites }));
}

/** Makes a link that the person passes on: Corkboard sends no mail. @param {MemberCall} call */
async function invite(call) {
  const { store, events } = call.app;
  const { user, company } = call.member;
  const address = email(call.input, 'email');
  const people = store.state.users.filter((candidate) => candidate.company === company.id);
  const open = store.state.invites.filter((candidate) => candidate.company === company.id);
  if (people.some((person) => person.email === address)) throw new Refusal(409, 'This person is in your team already.', 'email');
  if (open.some((candidate) => candidate.email === address)) throw new Refusal(409, 'This person is invited already.', 'email');
  const plan = planOf(company);
  if (people.length + open.length >= plan.people) {
    throw new Refusal(403, `The ${plan.name} plan has room for ${plan.people} people. Choose a larger plan to invite more.`);
  }
  const token = randomBytes(16).toString('base64url');
  store.state.invites.push({ token, company: company.id, email: address, by: user.id, createdAt: Date.now() });
  await store.save();
  events.teammateInvited(user, address);
  return done(call, { location: '/team', invite: { email: address, link: `/?invite=${token}` } });
}
