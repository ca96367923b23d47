import { useEffect, useState } from 'react';

/** How all tasks are shown. */
export type Shape = 'list' | 'timeline';

const shapeOf = (): Shape => (new URLSearchParams(location.search).get('view') === 'timeline' ? 'timeline' : 'list');

/** The shape named in the address (`?view=timeline`), so that it can be linked to and the back button works. */
export function useShape(): [Shape, (shape: Shape) => void] {
  const [shape, setShape] = useState(shapeOf);
  useEffect(() => {
    const read = () => setShape(shapeOf());
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const choose = (next: Shape) => {
    if (next === shape) return;
    history.pushState(null, '', next === 'timeline' ? '?view=timeline' : location.pathname);
    setShape(next);
  };
  return [shape, choose];
}
