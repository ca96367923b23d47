import type { Theme } from './manifest.ts';

/** The looks that an environment starts with. The accent carries white text at 5.4:1. */
export const defaultTheme: Theme = { accent: '#0f766e', onAccent: '#ffffff', radius: 10 };
