import type { SurfaceModule } from '@gangway/product/page/surface.ts';

/** Loads the code of a surface. The browser keeps modules by address, so asking again costs nothing. */
export function loadSurface(url: string): Promise<SurfaceModule> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ url) as Promise<SurfaceModule>;
}

/** Resolves when the page has its body: a script in the head runs before that. */
export function documentReady(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
    else resolve();
  });
}
