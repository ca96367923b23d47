import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { useEnvironment } from './api/environment.tsx';

/**
 * A link to a screen of the environment that is open: `<Go to="/people/42">`, also with `?key=value`.
 * Ids in the path go through `encodeURIComponent` first.
 */
export function Go({
  to,
  className = 'gw-link',
  children,
  label,
}: {
  to: string;
  className?: string;
  children: ReactNode;
  label?: string;
}) {
  const { id } = useEnvironment();
  return (
    <Link className={className} {...destination(id, to)} {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
    </Link>
  );
}

/** Moves to a screen of the environment that is open, by code. */
export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const { id } = useEnvironment();
  const navigate = useNavigate();
  return useCallback((to, options) => void navigate({ ...destination(id, to), replace: options?.replace ?? false }), [id, navigate]);
}

/** A parameter of the screen's path (`$id`); empty when the path has none of that name. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

function destination(environment: string, to: string): { to: string; search: Record<string, string> } {
  const [path = '', query] = to.split('?');
  return { to: `/e/${environment}${path === '/' ? '' : path}`, search: Object.fromEntries(new URLSearchParams(query)) };
}
