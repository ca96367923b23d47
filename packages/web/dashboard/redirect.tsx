import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** Leads to another address once, leaving none behind for Back. The router's own `Navigate` repeats while the old screen still draws. */
export function Redirect({ to }: { to: string }) {
  const { history } = useRouter();
  const [destination] = useState(to);
  useEffect(() => history.replace(destination), [history, destination]);
  return null;
}
