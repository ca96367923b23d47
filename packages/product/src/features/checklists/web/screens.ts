import type { Screen } from '@gangway/web/kit/screen.ts';

export const checklistsScreens: readonly Screen[] = [
  {
    path: '/checklists',
    title: 'Checklists',
    load: () => import('./checklist-list.tsx').then((module) => module.ChecklistList),
    navigation: { group: 'Guide', order: 20, icon: 'checklist' },
    actions: [{ label: 'New checklist', to: '/checklists?new=1' }],
  },
  { path: '/checklists/$id', title: 'Checklist', load: () => import('./checklist-page.tsx').then((module) => module.ChecklistPage) },
];
