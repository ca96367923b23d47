import { element } from '../../../page/element.ts';
import { icon } from '../../../page/icon.ts';
import type { ChecklistContent, ChecklistItem, ChecklistView } from '../checklist.ts';
import { createRow, type Row } from './row.ts';

/** The opened list. Rows live as long as the panel, so focus and animations survive an update. */
export interface Panel {
  readonly element: HTMLElement;
  draw(view: ChecklistView, expanded: string | undefined): void;
  /** Says something below an item's button. */
  say(item: ChecklistItem, text: string): void;
}

export interface PanelDeeds {
  toggle(item: ChecklistItem): void;
  act(item: ChecklistItem): void;
  minimise(): void;
  dismiss(): void;
}

export function createPanel(content: ChecklistContent, deeds: PanelDeeds): Panel {
  const rows: Row[] = content.items.map((item) => createRow(item, { toggle: () => deeds.toggle(item), act: () => deeds.act(item) }));
  const track = element(
    'div',
    { class: 'track', role: 'progressbar', 'aria-label': content.title, 'aria-valuemin': '0', 'aria-valuemax': String(rows.length) },
    [element('span', { class: 'fill' })],
  );
  const count = element('span', { class: 'count isolated', 'aria-hidden': 'true' });
  const minimise = element('button', { type: 'button', class: 'square', 'aria-label': 'Minimise', 'data-part': 'minimise' }, [
    icon('down'),
  ]);
  const dismiss = element('button', { type: 'button', class: 'button quiet', 'data-part': 'dismiss' });
  const list = element(
    'ul',
    { class: 'rows' },
    rows.map((row) => row.element),
  );
  const finished = element('div', { class: 'finished', 'data-part': 'finished' }, [
    element('span', { class: 'medal' }, [icon('check')]),
    element('p', { class: 'strong' }, ['All done']),
    element('p', { class: 'prose' }, ['You have completed every step.']),
  ]);
  minimise.addEventListener('click', deeds.minimise);
  dismiss.addEventListener('click', deeds.dismiss);
  const panel = element(
    'div',
    { class: 'card panel base', 'data-part': 'panel', id: 'panel', role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1' },
    [
      element('div', { class: 'head' }, [element('h2', { id: 'title' }, [content.title]), minimise]),
      element('p', { class: 'prose intro' }, [content.intro]),
      element('div', { class: 'meter' }, [track, count]),
      finished,
      list,
      element('div', { class: 'end' }, [dismiss]),
    ],
  );
  return {
    element: panel,
    say: (item, text) => rows.find((row) => row.id === item.id)?.say(text),
    draw(view, expanded) {
      const done = rows.filter((row) => view.ticked.includes(row.id)).length;
      for (const row of rows) row.draw(view.ticked.includes(row.id), row.id === expanded);
      track.setAttribute('aria-valuenow', String(done));
      track.setAttribute('aria-valuetext', `${done} of ${rows.length}`);
      count.textContent = `${done} of ${rows.length}`;
      panel.toggleAttribute('data-finished', view.completed);
      dismiss.textContent = view.completed ? 'Close' : 'Hide this list';
    },
  };
}
