import { findPlan } from './plan-list.mjs';
import { plansPage } from './plans-page.mjs';
import { done, page, Refusal } from './reply.mjs';
import { forMembers } from './router.mjs';

/** What a company pays for. */
export const planRoutes = [forMembers('GET', /^\/plans$/, (call) => page(plansPage(call))), forMembers('POST', /^\/plans$/, choosePlan)];

/** @param {import('./router.mjs').Call & { member: import('./router.mjs').Member }} call */
async function choosePlan(call) {
  const { store, events } = call.app;
  const { user, company } = call.member;
  const plan = findPlan(call.input.plan);
  if (!plan) throw new Refusal(422, 'There is no such plan.');
  const used = {
    boards: store.state.boards.filter((board) => board.company === company.id).length,
    people: store.state.users.filter((person) => person.company === company.id).length,
  };
  if (used.boards > plan.boards || used.people > plan.people) {
    throw new Refusal(
      409,
      `You use more than ${plan.name} has room for: ${used.boards} boards and ${used.people} people. Nothing was changed.`,
    );
  }
  if (company.plan !== plan.id) {
    company.plan = plan.id;
    await store.save();
    events.planChosen(user, company);
  }
  return done(call, { location: '/plans', plan: plan.id });
}
