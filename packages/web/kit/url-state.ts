import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * One value in the address bar (`?name=value`), so that a filter, a sort or an open panel can be sent as a link.
 * Setting `fallback` or an empty text takes it out of the address.
 */
export function useUrlState(name: string, fallback = ''): [string, (value: string) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const value = search[name];
  const set = useCallback(
    (next: string) => {
      const change = (previous: Record<string, unknown>) => {
        const { [name]: _gone, ...rest } = previous;
        return next === fallback || next === '' ? rest : { ...rest, [name]: next };
      };
      // The address of a filter belongs to the same screen, so it replaces: Back leaves the screen.
      void navigate({ to: '.', search: change, replace: true });
    },
    [name, fallback, navigate],
  );
  return [typeof value === 'string' ? value : fallback, set];
}
