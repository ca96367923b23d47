// Forms and dialogs on every page. The forms work without this; with it they answer in place.
import { gangway } from './gangway.mjs';
import { postJson, Refused } from './post-json.mjs';
import { toast } from './toast.mjs';

for (const form of document.querySelectorAll('form[data-enhance]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(/** @type {HTMLFormElement} */ (form));
  });
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const button = form.querySelector('button:not([type])');
  if (button?.getAttribute('aria-busy') === 'true') return;
  button?.setAttribute('aria-busy', 'true');
  showWrong(form, undefined);
  try {
    const { location } = await postJson(form.getAttribute('action') ?? '', Object.fromEntries(new FormData(form)));
    globalThis.location.assign(location);
  } catch (error) {
    showWrong(form, error instanceof Refused ? error : new Refused('Something went wrong in this page. Load it again.'));
    button?.removeAttribute('aria-busy');
  }
}

/** @param {HTMLFormElement} form @param {Refused | undefined} refused undefined clears what was shown */
function showWrong(form, refused) {
  for (const place of form.querySelectorAll('[data-wrong-for]')) {
    const name = place.getAttribute('data-wrong-for') ?? '';
    const input = name && form.querySelector(`[name="${name}"]`);
    const here = refused !== undefined && name === (refused.field ?? '');
    place.textContent = here ? refused.message : '';
    if (input instanceof HTMLElement) {
      input.toggleAttribute('aria-invalid', here);
      if (here) input.focus();
    }
  }
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const opener = target?.closest('[data-open-dialog]');
  if (opener) openDialog(opener.getAttribute('data-open-dialog') ?? '');
  if (target?.closest('[data-close-dialog]')) target.closest('dialog')?.close();
  const copier = target?.closest('[data-copy-link]');
  if (copier) copyLink(new URL(copier.getAttribute('data-copy-link') ?? '', location.href).href);
});

/** @param {string} id */
function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return;
  dialog.showModal();
  dialog.querySelector('input')?.focus();
}

/** @param {string} link */
async function copyLink(link) {
  try {
    await navigator.clipboard.writeText(link);
    toast('The link is copied. Send it to your teammate.');
  } catch {
    // On plain http, away from this machine, browsers give no clipboard.
    toast(`Send this link: ${link}`);
  }
}

document.querySelector('form[data-sign-out]')?.addEventListener('submit', () => gangway().reset?.());
