import { type RefObject, useEffect, useState } from 'react';

/** Height of every row in pixels; the stylesheet uses the same. */
export const rowHeight = 40;
const margin = 12;

/**
 * Which rows are near the view of a scrolling element: `[first, last)`. The table draws only these, so 10,000 rows
 * cost as much as 50.
 */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number): { first: number; last: number } {
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => setView({ top: Math.floor(element.scrollTop / rowHeight) * rowHeight, height: element.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, [scroller]);
  const first = Math.max(0, Math.min(count, view.top / rowHeight) - margin);
  return { first, last: Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + margin) };
}
