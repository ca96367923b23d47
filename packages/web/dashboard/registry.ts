import { peopleScreens } from '@gangway/product/features/people/web/screens.ts';
import { workspaceScreens } from '@gangway/product/features/workspace/web/screens.ts';
import type { Screen } from '../kit/screen.ts';

/** Every screen of the dashboard. A slice adds its list here; routes, navigation and command palette follow. */
export const screens: readonly Screen[] = [...workspaceScreens, ...peopleScreens];
