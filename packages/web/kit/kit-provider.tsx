import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import { ApiProblem } from './api/api-problem.ts';
import './kit.css';
import { theme } from './theme.ts';
import { ToastProvider } from './toasts.tsx';

/** Theme, cache and messages for everything below. `nonce` is the page's, for the styles that Mantine writes. */
export function KitProvider({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [cache] = useState(makeCache);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={cache}>
        <ToastProvider>{children}</ToastProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function makeCache(): QueryClient {
  const cache: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // Signed out meanwhile: asking for the session again brings the sign-in page.
      onError: (error, query) => {
        if (error instanceof ApiProblem && error.status === 401 && query.queryKey[0] !== 'session')
          void cache.invalidateQueries({ queryKey: ['session'] });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
      },
    },
  });
  return cache;
}
