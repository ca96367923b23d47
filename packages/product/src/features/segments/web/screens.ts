import type { Screen } from '@gangway/web/kit/screen.ts';

export const segmentsScreens: readonly Screen[] = [
  {
    path: '/segments',
    title: 'Segments',
    load: () => import('./segment-list.tsx').then((module) => module.SegmentList),
    navigation: { group: 'top', order: 50, icon: 'filter' },
    actions: [{ label: 'New segment', to: '/segments?new=1' }],
  },
  { path: '/segments/$id', title: 'Segment', load: () => import('./segment-page.tsx').then((module) => module.SegmentPage) },
];
