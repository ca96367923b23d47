import type { IconName } from '../../kit/icon.tsx';

interface ThemeChoice {
  readonly scheme: 'auto' | 'light' | 'dark';
  readonly label: string;
  readonly icon: IconName;
}

/** The three looks, the system's first: it is the default. */
export const themeChoices: readonly ThemeChoice[] = [
  { scheme: 'auto', label: 'As the system', icon: 'screen' },
  { scheme: 'light', label: 'Light', icon: 'sun' },
  { scheme: 'dark', label: 'Dark', icon: 'moon' },
];
