import type { Host } from '../../../page/host.ts';

interface Deeds {
  next(): void;
  back(): void;
  close(): void;
}

/**
 * Escape closes, also while nothing on the page has the focus; the arrow keys walk the steps while the focus is in
 * the card, mirrored in right-to-left. Keys that the page has for itself are left alone.
 */
export function listenKeys(host: Host, deeds: Deeds): () => void {
  const inside = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      return deeds.close();
    }
    const forward = host.element.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = host.element.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    if (event.key === forward) deeds.next();
    if (event.key === backward) deeds.back();
  };
  const outside = (event: KeyboardEvent) => {
    const idle = document.activeElement === document.body || document.activeElement === null;
    if (event.key === 'Escape' && idle && host.shown && !event.defaultPrevented) deeds.close();
  };
  const root = host.root as unknown as HTMLElement;
  root.addEventListener('keydown', inside);
  document.addEventListener('keydown', outside);
  return () => {
    root.removeEventListener('keydown', inside);
    document.removeEventListener('keydown', outside);
  };
}
