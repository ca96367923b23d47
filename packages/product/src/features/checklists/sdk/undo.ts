import { element } from '../../../page/element.ts';

/** A way back for as long as anybody may need to read it (WCAG 2.2.1); looking at it stops the time. */
const undoMs = 20_000;

export interface Undo {
  readonly element: HTMLElement;
  focus(): void;
  /** Makes it final now. Calling it again does nothing. */
  commit(): void;
}

/** A note "hidden, undo". `commit` runs once: when the time is up, or when the page is left. */
export function createUndo(then: { commit(): void; restore(): void }): Undo {
  const back = element('button', { type: 'button', class: 'button', 'data-part': 'undo' }, ['Undo']);
  const note = element('div', { class: 'card undo base' }, [element('span', { role: 'status' }, ['List hidden']), back]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let settled = false;
  const settle = (way: () => void) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    window.removeEventListener('pagehide', commit);
    way();
  };
  const commit = () => settle(then.commit);
  const run = () => {
    clearTimeout(timer);
    timer = setTimeout(commit, undoMs);
  };
  const pause = () => clearTimeout(timer);
  back.addEventListener('click', () => settle(then.restore));
  note.addEventListener('pointerenter', pause);
  note.addEventListener('pointerleave', run);
  window.addEventListener('pagehide', commit);
  run();
  return { element: note, focus: () => back.focus(), commit };
}
