import type { ComponentType } from 'react';
import type { IconName } from './icon.tsx';

/** The groups of the left navigation, in their order. */
export const navigationGroups = ['top', 'Guide', 'Onboard', 'Measure', 'bottom'] as const;

/** One screen of the dashboard, as its slice declares it. The code is loaded when first opened. */
export interface Screen {
  /** Below `/e/:environment`, with `$name` for parameters: `/guides/$id`. */
  readonly path: string;
  /** The title of the tab and the words in the command palette. */
  readonly title: string;
  readonly load: () => Promise<ComponentType>;
  /** An entry in the left navigation; absent = reached from other screens. Only for paths without parameters. */
  readonly navigation?: { readonly group: (typeof navigationGroups)[number]; readonly order: number; readonly icon: IconName };
  /** Further things to do that the command palette offers: “New tour”. */
  readonly actions?: readonly { readonly label: string; readonly to: string }[];
}
