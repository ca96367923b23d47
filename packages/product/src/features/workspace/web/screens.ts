import type { Screen } from '@gangway/web/kit/screen.ts';

export const workspaceScreens: readonly Screen[] = [
  {
    path: '/',
    title: 'Home',
    load: () => import('./home/home.tsx').then((module) => module.Home),
    navigation: { group: 'top', order: 10, icon: 'home' },
  },
  {
    path: '/settings',
    title: 'Settings',
    load: () => import('./settings/settings.tsx').then((module) => module.Settings),
    navigation: { group: 'bottom', order: 90, icon: 'settings' },
    actions: [
      { label: 'Install Gangway', to: '/settings?tab=install' },
      { label: 'New secret key', to: '/settings?tab=keys' },
      { label: 'Open mailbox', to: '/settings?tab=mailbox' },
    ],
  },
];
