import { checklistsScreens } from '@gangway/product/features/checklists/web/screens.ts';
import { cohortsScreens } from '@gangway/product/features/cohorts/web/screens.ts';
import { guidesScreens } from '@gangway/product/features/guides/web/screens.ts';
import { identityScreens } from '@gangway/product/features/identity/web/screens.ts';
import { importsScreens } from '@gangway/product/features/imports/web/screens.ts';
import { milestonesScreens } from '@gangway/product/features/milestones/web/screens.ts';
import { peopleScreens } from '@gangway/product/features/people/web/screens.ts';
import { plansScreens } from '@gangway/product/features/plans/web/screens.ts';
import { playbooksScreens } from '@gangway/product/features/playbooks/web/screens.ts';
import { reportsScreens } from '@gangway/product/features/reports/web/screens.ts';
import { segmentsScreens } from '@gangway/product/features/segments/web/screens.ts';
import { workspaceScreens } from '@gangway/product/features/workspace/web/screens.ts';
import type { Screen } from '../kit/screen.ts';

/** Every screen of the dashboard. A slice adds its list here; routes, navigation and command palette follow. */
export const screens: readonly Screen[] = [
  ...workspaceScreens,
  ...peopleScreens,
  ...guidesScreens,
  ...checklistsScreens,
  ...plansScreens,
  ...playbooksScreens,
  ...milestonesScreens,
  ...reportsScreens,
  ...segmentsScreens,
  ...cohortsScreens,
  ...importsScreens,
  ...identityScreens,
];
