import type { Screen } from '@gangway/web/kit/screen.ts';

const list = () => import('./report-list.tsx').then((module) => module.ReportList);
const report = () => import('./report-page.tsx').then((module) => module.ReportPage);

export const reportsScreens: readonly Screen[] = [
  {
    path: '/reports',
    title: 'Reports',
    load: list,
    navigation: { group: 'Measure', order: 20, icon: 'funnel' },
    actions: [
      { label: 'New funnel', to: '/reports?new=funnel' },
      { label: 'New trend', to: '/reports?new=trend' },
      { label: 'New retention report', to: '/reports?new=retention' },
      { label: 'New lifecycle report', to: '/reports?new=lifecycle' },
      { label: 'New stickiness report', to: '/reports?new=stickiness' },
      { label: 'New paths report', to: '/reports?new=paths' },
      { label: 'New time-to-value report', to: '/reports?new=time-to-value' },
    ],
  },
  { path: '/reports/$id', title: 'Report', load: report },
  // Where funnels lived when they were the only reports: links of that time still lead there.
  { path: '/funnels', title: 'Funnels', load: list },
  { path: '/funnels/$id', title: 'Funnel', load: report },
];
