import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { KitProvider } from '../kit/kit-provider.tsx';
import { makeRouter } from './router.tsx';

const root = document.getElementById('root');
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
if (root) {
  createRoot(root).render(
    <StrictMode>
      <KitProvider nonce={nonce}>
        <RouterProvider router={makeRouter()} />
      </KitProvider>
    </StrictMode>,
  );
}
