import type { Screen } from '@gangway/web/kit/screen.ts';

export const milestonesScreens: readonly Screen[] = [
  {
    path: '/milestones',
    title: 'Milestones',
    load: () => import('./milestone-list.tsx').then((module) => module.MilestoneList),
    navigation: { group: 'Measure', order: 10, icon: 'milestone' },
    actions: [{ label: 'New milestone', to: '/milestones?new=1' }],
  },
  { path: '/milestones/$id', title: 'Milestone', load: () => import('./milestone-page.tsx').then((module) => module.MilestonePage) },
];
