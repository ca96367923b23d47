/** @typedef {'free' | 'team' | 'business'} PlanId */
/** @typedef {{ id: PlanId, name: string, price: string, for: string, boards: number, people: number }} Plan */

/** The plans on sale; `boards` and `people` are the most a company may have. @type {readonly Plan[]} */
export const plans = [
  { id: 'free', name: 'Free', price: '$0', for: 'For trying it out with a few people.', boards: 10, people: 10 },
  { id: 'team', name: 'Team', price: '$8', for: 'For a team that plans its week here.', boards: 100, people: 50 },
  { id: 'business', name: 'Business', price: '$16', for: 'For a company with many teams.', boards: Infinity, people: Infinity },
];

/** @param {unknown} id @returns {Plan | undefined} undefined when there is no such plan */
export const findPlan = (id) => plans.find((plan) => plan.id === id);

/** @param {{ id: string, plan: PlanId }} company @returns {Plan} the plan a company is on */
export function planOf(company) {
  const plan = findPlan(company.plan);
  if (!plan) throw new Error(`Company ${company.id} is on the unknown plan ${company.plan}.`);
  return plan;
}
