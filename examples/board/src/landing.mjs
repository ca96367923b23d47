import { field, formNotice } from './form-parts.mjs';
import { html } from './html.mjs';
import { icon, mark } from './icons.mjs';
import { layout } from './layout.mjs';

const sample = [
  { title: 'To do', cards: ['Write the launch note', 'Book the venue', 'Ask Noor about the logo'] },
  { title: 'Doing', cards: ['Pricing page', 'Call three customers'] },
  { title: 'Done', cards: ['Pick a date'] },
];

const points = [
  'Boards your whole team can read at a glance',
  'Move a card with the mouse, a finger or the keyboard',
  'Free for up to ten people',
];

/**
 * The start: what Corkboard is, and the way in.
 * @param {import('./router.mjs').Call} call
 * @param {{ invite?: { token: string, email: string, company: string, by: string } | undefined }} view
 */
export function landingPage(call, { invite }) {
  return layout(call, {
    name: 'Sign Up',
    title: 'Corkboard',
    content: html`<div class="landing">
<section class="pitch">
<p class="brand">${mark}<span>Corkboard</span></p>
<h1>Everyone can see what happens next.</h1>
<p class="lead">Corkboard is a board with three columns and no ceremony. Put the work up, move it along, stop asking who is on what.</p>
<ul class="points">${points.map((point) => html`<li>${icon('check')}<span>${point}</span></li>`)}</ul>
<div class="sample" aria-hidden="true">${sample.map(
      (column) =>
        html`<div class="sample-column"><p>${column.title}</p>${column.cards.map((card) => html`<p class="sample-card">${card}</p>`)}</div>`,
    )}</div>
</section>
<section class="panel join" aria-labelledby="join-title">
${invite ? html`<h2 id="join-title">Join ${invite.company}</h2><p class="muted">${invite.by} invited you.</p>` : html`<h2 id="join-title">Start your first board</h2><p class="muted">It takes less than a minute.</p>`}
<form method="post" action="/sign-up" data-enhance>
${field({ name: 'name', label: 'Your name', testId: 'signup-name', autocomplete: 'name' })}
${field({ name: 'email', label: 'Work e-mail', testId: 'signup-email', type: 'email', autocomplete: 'email', max: 254, value: invite?.email })}
${invite ? html`<input type="hidden" name="invite" value="${invite.token}">` : field({ name: 'company', label: 'Company', testId: 'signup-company', autocomplete: 'organization' })}
${formNotice}
<button class="primary wide" data-testid="signup-submit">${invite ? 'Join the team' : 'Create my account'}</button>
</form>
<details class="again"><summary>I have an account already</summary>
<form method="post" action="/sign-in" data-enhance>
${field({ name: 'email', label: 'E-mail', testId: 'signin-email', type: 'email', autocomplete: 'email', max: 254 })}
${formNotice}
<button class="wide" data-testid="signin-submit">Sign in</button>
</form>
</details>
</section>
</div>`,
  });
}
