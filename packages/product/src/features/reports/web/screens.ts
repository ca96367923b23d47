import type { Screen } from '@gangway/web/kit/screen.ts';

export const reportsScreens: readonly Screen[] = [
  {
    path: '/funnels',
    title: 'Funnels',
    load: () => import('./funnel-list.tsx').then((module) => module.FunnelList),
    navigation: { group: 'Measure', order: 20, icon: 'funnel' },
    actions: [{ label: 'New funnel', to: '/funnels?new=1' }],
  },
  { path: '/funnels/$id', title: 'Funnel', load: () => import('./funnel-page.tsx').then((module) => module.FunnelPage) },
];
