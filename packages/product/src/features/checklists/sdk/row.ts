import { element } from '../../../page/element.ts';
import { icon } from '../../../page/icon.ts';
import type { ChecklistItem } from '../checklist.ts';

/** One item: a header that opens and closes, and what is inside it. */
export interface Row {
  readonly id: string;
  readonly element: HTMLLIElement;
  draw(ticked: boolean, expanded: boolean): void;
  /** Says something below the button, to everybody. */
  say(text: string): void;
}

export function createRow(item: ChecklistItem, deeds: { toggle(): void; act(): void }): Row {
  const state = element('span', { class: 'unseen' });
  const head = element('button', { type: 'button', class: 'row-head', 'aria-controls': `more-${item.id}` }, [
    element('span', { class: 'tick' }, [icon('check')]),
    element('span', { class: 'name isolated' }, [item.title]),
    state,
    icon('down'),
  ]);
  const more = element('div', { class: 'more', id: `more-${item.id}` }, [element('p', { class: 'prose' }, [item.description])]);
  if (item.action) {
    const act = element('button', { type: 'button', class: 'button primary', 'data-part': 'action' }, [item.action.label]);
    act.addEventListener('click', deeds.act);
    more.append(act);
  }
  const note = element('p', { class: 'prose note', role: 'status' });
  more.append(note);
  head.addEventListener('click', deeds.toggle);
  const row = element('li', { class: 'row', 'data-part': 'item', 'data-item-id': item.id }, [head, more]);
  let before: boolean | undefined;
  return {
    id: item.id,
    element: row,
    say(text) {
      note.textContent = text;
    },
    draw(ticked, expanded) {
      row.dataset.ticked = String(ticked);
      // Only a tick that happens before the person's eyes moves; what was done earlier is simply there.
      row.toggleAttribute('data-fresh', ticked && (before === false || row.hasAttribute('data-fresh')));
      before = ticked;
      state.textContent = ticked ? ' (done)' : '';
      head.setAttribute('aria-expanded', String(expanded));
      more.hidden = !expanded;
      if (!expanded) note.textContent = '';
    },
  };
}
