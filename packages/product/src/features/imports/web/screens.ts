import type { Screen } from '@gangway/web/kit/screen.ts';

export const importsScreens: readonly Screen[] = [
  {
    path: '/settings/import',
    title: 'Import',
    load: () => import('./import-list.tsx').then((module) => module.ImportList),
    actions: [{ label: 'Import people, accounts or events', to: '/settings/import' }],
  },
  { path: '/settings/import/$id', title: 'Import', load: () => import('./import-page.tsx').then((module) => module.ImportPage) },
];
