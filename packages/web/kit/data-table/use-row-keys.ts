import { type RefObject, useEffect, useRef, useState } from 'react';
import { rowHeight } from './use-window.ts';

interface RowKeys {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onOpen: (index: number) => void;
  readonly onMark: (index: number) => void;
}

/**
 * Keyboard for the rows of a table: j or down, k or up, Home and End move; Enter opens; x marks. They work while
 * the focus is in the table, or nowhere.
 */
export function useRowKeys(keys: RowKeys): { active: number; setActive: (index: number) => void } {
  const [active, setActive] = useState(-1);
  const current = useRef({ ...keys, active });
  current.current = { ...keys, active };
  useEffect(() => {
    const move = (to: number) => {
      const { count, scroller } = current.current;
      const next = Math.max(0, Math.min(count - 1, to));
      setActive(next);
      if (scroller.current) focusRow(scroller.current, next);
    };
    const listen = (event: KeyboardEvent) => {
      const { scroller, count, active: at, onOpen, onMark } = current.current;
      if (count === 0 || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!belongsHere(event.target, scroller.current)) return;
      const onRow = event.target instanceof HTMLElement && event.target.matches('[data-row]');
      const step = rowStep(event.key, { onRow, at, count });
      if (step === undefined) return;
      event.preventDefault();
      if (step === 'open') onOpen(at);
      else if (step === 'mark') onMark(at);
      else move(step);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return { active, setActive };
}

/** What a key asks for: a row to move to, to open the row, or to mark it; undefined when it is not ours. */
function rowStep(key: string, { onRow, at, count }: { onRow: boolean; at: number; count: number }): number | 'open' | 'mark' | undefined {
  if (key === 'j' || (onRow && key === 'ArrowDown')) return at + 1;
  if (key === 'k' || (onRow && key === 'ArrowUp')) return at - 1;
  if (onRow && key === 'Home') return 0;
  if (onRow && key === 'End') return count - 1;
  if (onRow && key === 'Enter') return 'open';
  return key === 'x' && at >= 0 ? 'mark' : undefined;
}

function belongsHere(target: EventTarget | null, scroller: HTMLElement | null): boolean {
  if (!(target instanceof HTMLElement) || !scroller) return false;
  if (target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]')) return false;
  return target === document.body || target.tagName === 'MAIN' || scroller.contains(target);
}

/** Scrolls the row into view, below the sticky header, and focuses it once it is drawn. */
function focusRow(scroller: HTMLElement, index: number): void {
  const header = rowHeight;
  const top = index * rowHeight;
  const lowest = top - scroller.clientHeight + rowHeight + header;
  if (scroller.scrollTop > top) scroller.scrollTop = top;
  else if (scroller.scrollTop < lowest) scroller.scrollTop = lowest;
  focusWhenDrawn(scroller, index, 10);
}

/** The row may lie outside the drawn window until the scroll has been seen: a few frames at most. */
function focusWhenDrawn(scroller: HTMLElement, index: number, frames: number): void {
  requestAnimationFrame(() => {
    const row = scroller.querySelector<HTMLElement>(`[data-row="${index}"]`);
    if (row) row.focus({ preventScroll: true });
    else if (frames > 0) focusWhenDrawn(scroller, index, frames - 1);
  });
}
