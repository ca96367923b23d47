import type { Screen } from '@gangway/web/kit/screen.ts';

export const playbooksScreens: readonly Screen[] = [
  {
    path: '/playbooks',
    title: 'Playbooks',
    load: () => import('./playbook-list.tsx').then((module) => module.PlaybookList),
    navigation: { group: 'Onboard', order: 20, icon: 'playbook' },
    actions: [{ label: 'New playbook', to: '/playbooks?new=1' }],
  },
  { path: '/playbooks/$id', title: 'Playbook', load: () => import('./playbook-page.tsx').then((module) => module.PlaybookPage) },
];
