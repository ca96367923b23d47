import { element } from '../../../page/element.ts';
import { icon } from '../../../page/icon.ts';
import type { ChecklistContent, ChecklistView } from '../checklist.ts';

/** The pill in the corner: the title and how far the person is. */
export interface Launcher {
  readonly element: HTMLButtonElement;
  draw(view: ChecklistView, open: boolean): void;
}

export function createLauncher(content: ChecklistContent, toggle: () => void): Launcher {
  const count = element('span', { class: 'count isolated' });
  const ring = element('span', { class: 'ring', 'aria-hidden': 'true' }, [element('span', {}, [icon('check')])]);
  const pill = element('button', { type: 'button', class: 'launcher base', 'data-part': 'launcher', 'aria-controls': 'panel' }, [
    ring,
    element('span', { class: 'name isolated' }, [content.title]),
    ' ',
    count,
  ]);
  pill.addEventListener('click', toggle);
  return {
    element: pill,
    draw(view, open) {
      const all = content.items.length;
      const done = content.items.filter((item) => view.ticked.includes(item.id)).length;
      count.textContent = view.completed ? 'Done' : `${done} of ${all}`;
      pill.toggleAttribute('data-finished', view.completed);
      pill.setAttribute('aria-expanded', String(open));
    },
  };
}
