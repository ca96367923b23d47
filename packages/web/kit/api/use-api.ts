import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useEnvironment } from './environment.tsx';
import { type Query, request } from './request.ts';

/**
 * Calls that change something in the environment that is open, for `useMutation`. Paths are below
 * `/api/e/:environment/`. `refresh('people')` asks again for everything that is cached under that path.
 */
export function useApi() {
  const { id } = useEnvironment();
  const cache = useQueryClient();
  return useMemo(() => {
    const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE') => {
      return <Answer>(path: string, body?: unknown) => request<Answer>(`/api/e/${id}/${path}`, { method, body });
    };
    return {
      get: <Answer>(path: string, query?: Query) => request<Answer>(`/api/e/${id}/${path}`, { query }),
      post: call('POST'),
      put: call('PUT'),
      remove: call('DELETE'),
      refresh: (path: string) => cache.invalidateQueries({ queryKey: ['e', id, ...path.split('/')] }),
      /** Puts an answer that a change returned where `useAnswer(path)` reads it. */
      keep: (path: string, answer: unknown) => cache.setQueryData(['e', id, ...path.split('/'), {}], answer),
    };
  }, [id, cache]);
}
