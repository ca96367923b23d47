import { drawBlocks } from '../../../page/blocks.ts';
import { element } from '../../../page/element.ts';
import { icon } from '../../../page/icon.ts';
import type { TourStep } from '../guide.ts';

/** The parts of the card. They live as long as the tour: a new step changes texts, so focus stays where it is. */
export interface Card {
  readonly element: HTMLElement;
  readonly title: HTMLElement;
  readonly next: HTMLButtonElement;
  draw(step: TourStep, index: number, count: number): void;
}

interface Deeds {
  next(): void;
  back(): void;
  close(): void;
}

export function createCard(deeds: Deeds): Card {
  const title = element('h2', { id: 'title' });
  const prose = element('div', { class: 'prose', id: 'prose' });
  const progress = element('span', { class: 'progress isolated', 'data-part': 'progress' });
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
  const close = element('button', { type: 'button', class: 'square close', 'aria-label': 'Close', 'data-part': 'close' }, [icon('cross')]);
  const back = element('button', { type: 'button', class: 'button', 'data-part': 'back' }, ['Back']);
  const next = element('button', { type: 'button', class: 'button primary', 'data-part': 'next' });
  const card = element(
    'div',
    { class: 'card base', 'data-part': 'card', role: 'dialog', 'aria-labelledby': 'title', 'aria-describedby': 'prose', tabindex: '-1' },
    [
      element('div', { class: 'text' }, [title, prose]),
      element('div', { class: 'foot' }, [progress, element('span', { class: 'buttons' }, [back, next])]),
      close,
      bar,
      element('span', { class: 'arrow', 'aria-hidden': 'true' }),
    ],
  );
  next.addEventListener('click', deeds.next);
  back.addEventListener('click', deeds.back);
  close.addEventListener('click', deeds.close);
  return {
    element: card,
    title,
    next,
    draw(step, index, count) {
      title.textContent = step.title;
      prose.replaceChildren(...drawBlocks(step.body));
      prose.parentElement?.scrollTo(0, 0);
      progress.textContent = count > 1 ? `${index + 1} of ${count}` : '';
      bar.replaceChildren(...(count > 1 ? Array.from({ length: count }, (_, at) => element('i', at <= index ? { class: 'on' } : {})) : []));
      next.textContent = step.nextLabel ?? (index + 1 < count ? 'Next' : 'Done');
      back.hidden = index === 0;
    },
  };
}
