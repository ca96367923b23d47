import type { Screen } from '@gangway/web/kit/screen.ts';

export const guidesScreens: readonly Screen[] = [
  {
    path: '/guides',
    title: 'Guides',
    load: () => import('./guide-list.tsx').then((module) => module.GuideList),
    navigation: { group: 'Guide', order: 10, icon: 'guide' },
    actions: [{ label: 'New tour', to: '/guides?new=1' }],
  },
  { path: '/guides/$id', title: 'Tour', load: () => import('./guide-page.tsx').then((module) => module.GuidePage) },
];
