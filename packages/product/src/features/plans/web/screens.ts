import type { Screen } from '@gangway/web/kit/screen.ts';

export const plansScreens: readonly Screen[] = [
  {
    path: '/plans',
    title: 'Plans',
    load: () => import('./plan-list.tsx').then((module) => module.PlanList),
    navigation: { group: 'Onboard', order: 10, icon: 'plan' },
    actions: [{ label: 'Start a plan', to: '/plans?new=1' }],
  },
  { path: '/plans/$id', title: 'Plan', load: () => import('./plan-page.tsx').then((module) => module.PlanPage) },
];
