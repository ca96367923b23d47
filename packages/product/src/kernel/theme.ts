import type { Theme } from './manifest.ts';

/** The looks that an environment starts with. The accent carries white text at 5.2:1. */
export const defaultTheme: Theme = { accent: '#0b776d', onAccent: '#ffffff', radius: 10 };
