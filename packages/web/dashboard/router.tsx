import { type AnyRoute, createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Entrance } from './entrance.tsx';
import { Frame } from './frame/frame.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { screens } from './registry.ts';
import { ScreenBroken, ScreenMissing } from './screen-states.tsx';

/** The routes: the sign-in page, the way in, and every registered screen inside the frame at `/e/:environment`. */
export function makeRouter() {
  const root = createRootRoute({ component: Outlet, notFoundComponent: ScreenMissing });
  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazy(() => import('@gangway/product/features/workspace/web/sign-in-page.tsx').then((module) => module.SignInPage)),
  });
  const entrance = createRoute({ getParentRoute: () => root, path: '/', component: Entrance });
  const frame = createRoute({ getParentRoute: () => root, path: '/e/$env', component: Frame, notFoundComponent: ScreenMissing });
  const inside: AnyRoute[] = screens.map((screen) =>
    createRoute({ getParentRoute: () => frame, path: screen.path, component: lazy(screen.load) }),
  );
  return createRouter({
    routeTree: root.addChildren([signIn, entrance, frame.addChildren(inside)]),
    defaultPreload: 'intent',
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 150,
    defaultErrorComponent: ScreenBroken,
    defaultNotFoundComponent: ScreenMissing,
    scrollRestoration: true,
    // Plain texts, so that addresses stay readable: ?search=ada&sort=name.asc
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(Object.entries(search).map(([key, value]) => [key, String(value)])).toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}

function lazy(load: () => Promise<ComponentType>) {
  return lazyRouteComponent(() => load().then((component) => ({ default: component })));
}
