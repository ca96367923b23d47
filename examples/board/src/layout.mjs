import { dataBlock, html } from './html.mjs';
import { icon, mark } from './icons.mjs';

/** @type {readonly { href: string, name: string, testId: string, icon: 'board' | 'team' | 'plan' }[]} */
const places = [
  { href: '/boards', name: 'Boards', testId: 'nav-boards', icon: 'board' },
  { href: '/team', name: 'Team', testId: 'nav-team', icon: 'team' },
  { href: '/plans', name: 'Plans', testId: 'nav-plans', icon: 'plan' },
];

/**
 * A whole page.
 * @param {import('./router.mjs').Call} call
 * @param {{ name: string, title?: string, content: unknown, modules?: string[] }} view
 *   `name` is what Gangway hears in `page(name)`, `modules` are browser modules besides the usual ones
 */
export function layout(call, { name, title = name, content, modules = [] }) {
  const { member, app, url } = call;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === 'Corkboard' ? title : `${title} · Corkboard`}</title>
<meta name="description" content="Corkboard keeps a team's work in view: one board, three columns, no ceremony.">
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
${['base.css', 'pages.css', 'board.css'].map((file) => html`<link rel="stylesheet" href="/assets/${file}">`)}
${dataBlock('page-facts', { name, user: member && factsOf(member) })}
${['gangway.mjs', 'forms.mjs', ...modules].map((file) => html`<script type="module" src="/assets/${file}"></script>`)}
${app.tag.gangway && app.tag.writeKey && html`<script async src="${app.tag.gangway}/sdk/${app.tag.writeKey}.js"></script>`}
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
${member ? header(member, url.pathname) : ''}
<main id="content" tabindex="-1">${content}</main>
<div class="toast" id="toast" role="status"></div>
</body>
</html>`;
}

/** What the browser tells Gangway about the person: the same traits as the server. @param {import('./router.mjs').Member} member */
function factsOf({ user, company }) {
  return {
    id: user.id,
    traits: { name: user.name, email: user.email, createdAt: new Date(user.createdAt).toISOString() },
    company: { id: company.id, traits: { name: company.name, plan: company.plan } },
  };
}

/** @param {import('./router.mjs').Member} member @param {string} path */
function header({ user, company }, path) {
  return html`<header class="top">
<a class="brand" href="/boards">${mark}<span>Corkboard</span></a>
<nav class="places" aria-label="Main">${places.map(
    (place) =>
      html`<a href="${place.href}" data-testid="${place.testId}"${path.startsWith(place.href) && html` aria-current="${path === place.href ? 'page' : 'true'}"`}>${icon(place.icon)}<span>${place.name}</span></a>`,
  )}</nav>
<div class="who">
<span class="avatar" aria-hidden="true">${initials(user.name)}</span>
<span class="who-name"><strong>${user.name}</strong><small>${company.name}</small></span>
<form method="post" action="/sign-out" data-sign-out><button class="quiet" data-testid="sign-out">Sign out</button></form>
</div>
</header>`;
}

/** `Ada Lovelace` → `AL`. @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
