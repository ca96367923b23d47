import type { Screen } from '@gangway/web/kit/screen.ts';

export const identityScreens: readonly Screen[] = [
  {
    path: '/settings/identity',
    title: 'Identity',
    load: () => import('./identity-page.tsx').then((module) => module.IdentityPage),
    actions: [{ label: 'Require proof of identity', to: '/settings/identity' }],
  },
  {
    path: '/people/$id/identity',
    title: 'Identity',
    load: () => import('./person-identity-page.tsx').then((module) => module.PersonIdentityPage),
  },
];
