import type { Screen } from '@gangway/web/kit/screen.ts';

export const cohortsScreens: readonly Screen[] = [
  {
    path: '/lists',
    title: 'Lists',
    load: () => import('./list-overview.tsx').then((module) => module.ListOverview),
    navigation: { group: 'top', order: 60, icon: 'list' },
    actions: [{ label: 'New list', to: '/lists?new=1' }],
  },
  { path: '/lists/$id', title: 'List', load: () => import('./list-page.tsx').then((module) => module.ListPage) },
];
