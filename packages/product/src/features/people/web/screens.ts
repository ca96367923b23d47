import type { Screen } from '@gangway/web/kit/screen.ts';

export const peopleScreens: readonly Screen[] = [
  {
    path: '/live',
    title: 'Live',
    load: () => import('./live-page.tsx').then((module) => module.LivePage),
    navigation: { group: 'top', order: 20, icon: 'live' },
  },
  {
    path: '/people',
    title: 'People',
    load: () => import('./people-list.tsx').then((module) => module.PeopleList),
    navigation: { group: 'top', order: 30, icon: 'people' },
  },
  { path: '/people/$id', title: 'Person', load: () => import('./person-page.tsx').then((module) => module.PersonPage) },
  {
    path: '/accounts',
    title: 'Accounts',
    load: () => import('./account-list.tsx').then((module) => module.AccountList),
    navigation: { group: 'top', order: 40, icon: 'account' },
  },
  { path: '/accounts/$id', title: 'Account', load: () => import('./account-page.tsx').then((module) => module.AccountPage) },
];
