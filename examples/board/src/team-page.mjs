import { field, formDialog } from './form-parts.mjs';
import { html } from './html.mjs';
import { icon } from './icons.mjs';
import { initials, layout } from './layout.mjs';

/**
 * Who is here and who is invited.
 * @param {import('./router.mjs').Call & { member: import('./router.mjs').Member }} call
 * @param {{ people: readonly import('./store.mjs').User[], invites: readonly import('./store.mjs').Invite[] }} team
 */
export function teamPage(call, { people, invites }) {
  return layout(call, {
    name: 'Team',
    content: html`<div class="page">
<div class="page-head"><div><h1>Team</h1><p class="muted">Everyone at ${call.member.company.name} sees the same boards.</p></div>
<button class="primary" data-open-dialog="invite-dialog" data-testid="invite-teammate">${icon('plus')}Invite teammate</button></div>
<section class="panel rows" aria-labelledby="people-title"><h2 id="people-title">People <span class="count">${people.length}</span></h2>
<ul>${people.map((person) => personRow(person, person.id === call.member.user.id))}</ul></section>
<section class="panel rows" aria-labelledby="invites-title"><h2 id="invites-title">Invited <span class="count">${invites.length}</span></h2>
${invites.length === 0 ? html`<p class="muted rows-empty">Nobody is waiting. Invite someone, and you get a link to send them.</p>` : html`<ul>${invites.map(inviteRow)}</ul>`}</section>
${formDialog({
  id: 'invite-dialog',
  title: 'Invite a teammate',
  action: '/team/invites',
  content: field({ name: 'email', label: 'E-mail', testId: 'invite-email', type: 'email', max: 254, hint: 'You get a link to send them.' }),
  submit: { label: 'Make the invitation', testId: 'send-invite' },
})}
</div>`,
  });
}

/** @param {import('./store.mjs').User} person @param {boolean} self */
function personRow(person, self) {
  return html`<li><span class="avatar" aria-hidden="true">${initials(person.name)}</span>
<span class="row-text"><strong>${person.name}${self && html` <em>you</em>`}</strong><small>${person.email}</small></span></li>`;
}

/** @param {import('./store.mjs').Invite} invite */
function inviteRow(invite) {
  return html`<li><span class="avatar avatar-open" aria-hidden="true">${invite.email[0]?.toUpperCase()}</span>
<span class="row-text"><strong>${invite.email}</strong><small>Has not signed up yet</small></span>
<button class="quiet" data-copy-link="/?invite=${invite.token}" data-testid="copy-invite">Copy link<span class="sr"> for ${invite.email}</span></button></li>`;
}
