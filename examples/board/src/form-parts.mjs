import { html } from './html.mjs';
import { icon } from './icons.mjs';

/**
 * One labelled field with a place for what is wrong with it.
 * @param {{ name: string, label: string, testId: string, type?: string, value?: string | undefined, autocomplete?: string, hint?: string, max?: number, required?: boolean }} field
 */
export function field({ name, label, testId, type = 'text', value = '', autocomplete = 'off', hint, max = 80, required = true }) {
  const notes = `${testId}-notes`;
  return html`<p class="field">
<label for="${testId}">${label}</label>
<input id="${testId}" name="${name}" type="${type}" value="${value}" maxlength="${max}" autocomplete="${autocomplete}" data-testid="${testId}" aria-describedby="${notes}"${required && html` required`}>
<span class="notes" id="${notes}">${hint && html`<span class="hint">${hint}</span>`}<span class="wrong" data-wrong-for="${name}"></span></span>
</p>`;
}

/** What is wrong with a form as a whole; filled by the browser module. */
export const formNotice = html`<p class="wrong" data-wrong-for="" role="alert"></p>`;

/**
 * A dialog around a form that posts.
 * @param {{ id: string, title: string, action: string, content: unknown, submit: { label: string, testId: string } }} dialog
 */
export function formDialog({ id, title, action, content, submit }) {
  return html`<dialog id="${id}" aria-labelledby="${id}-title" closedby="any">
<form method="post" action="${action}" data-enhance>
<div class="dialog-head"><h2 id="${id}-title">${title}</h2><button type="button" class="bare" data-close-dialog aria-label="Close">${icon('close')}</button></div>
${content}
${formNotice}
<div class="actions"><button type="button" class="quiet" data-close-dialog>Cancel</button><button class="primary" data-testid="${submit.testId}">${submit.label}</button></div>
</form>
</dialog>`;
}
