import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** Tells a screen reader which screen has opened: without a page load nothing else would. */
export function ScreenAnnouncer() {
  const { pathname } = useLocation();
  const [title, setTitle] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what there is to tell.
  useEffect(() => {
    // The screen sets its title when it has been drawn, and a lazy one takes a moment.
    const timer = setTimeout(() => setTitle(document.title), 400);
    return () => clearTimeout(timer);
  }, [pathname]);
  return (
    <div className="gw-hidden" role="status">
      {title}
    </div>
  );
}
