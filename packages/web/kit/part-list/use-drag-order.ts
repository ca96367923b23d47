import { type RefObject, useEffect, useRef, useState } from 'react';

/**
 * Drags the rows of a list by their handles. The order changes while the pointer moves, so what is seen is what is
 * kept. Listens on the window, because a handle that React moves loses its pointer capture.
 */
export function useDragOrder(list: RefObject<HTMLElement | null>, move: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  const at = useRef<number | undefined>(undefined);
  const latest = useRef(move);
  latest.current = move;
  const active = dragged !== undefined;
  useEffect(() => {
    if (!active) return;
    const follow = (event: PointerEvent) => {
      const rows = [...(list.current?.children ?? [])];
      const over = rows.findIndex((row) => {
        const box = row.getBoundingClientRect();
        return event.clientY >= box.top && event.clientY < box.bottom;
      });
      if (over < 0 || at.current === undefined || over === at.current) return;
      latest.current(at.current, over);
      at.current = over;
      setDragged(over);
    };
    const drop = () => {
      at.current = undefined;
      setDragged(undefined);
    };
    window.addEventListener('pointermove', follow);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', drop);
    return () => {
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', drop);
    };
  }, [active, list]);
  return {
    dragged,
    grab: (index: number) => {
      at.current = index;
      setDragged(index);
    },
  };
}
