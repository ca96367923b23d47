import { formNotice } from './form-parts.mjs';
import { html } from './html.mjs';
import { icon } from './icons.mjs';
import { layout } from './layout.mjs';
import { plans } from './plan-list.mjs';

/** The plans side by side. @param {import('./router.mjs').Call & { member: import('./router.mjs').Member }} call */
export function plansPage(call) {
  const { company } = call.member;
  return layout(call, {
    name: 'Plans',
    content: html`<div class="page">
<div class="page-head"><div><h1>Plans</h1><p class="muted">Per person and month. This is an example: nobody is charged.</p></div></div>
<ul class="plan-list">${plans.map((plan) => planPanel(plan, plan.id === company.plan))}</ul>
</div>`,
  });
}

/** @param {number} count @param {string} noun */
const room = (count, noun) => (count === Infinity ? `As many ${noun} as you like` : `Up to ${count} ${noun}`);

/** @param {import('./plan-list.mjs').Plan} plan @param {boolean} current */
function planPanel(plan, current) {
  return html`<li class="panel plan${current && ' plan-current'}">
<h2>${plan.name}${current && html` <span class="badge">${icon('check')}Your plan</span>`}</h2>
<p class="price"><b>${plan.price}</b><span class="muted"> per person and month</span></p>
<p class="muted">${plan.for}</p>
<ul class="points">${[room(plan.boards, 'boards'), room(plan.people, 'people')].map((line) => html`<li>${icon('check')}<span>${line}</span></li>`)}</ul>
<form method="post" action="/plans" data-enhance><input type="hidden" name="plan" value="${plan.id}">
${formNotice}
<button class="wide${plan.id === 'team' && !current && ' primary'}" data-testid="choose-plan-${plan.id}"${current && html` disabled`}>${current ? 'You are on this plan' : `Choose ${plan.name}`}</button></form>
</li>`;
}
