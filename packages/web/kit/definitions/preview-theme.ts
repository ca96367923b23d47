import type { Theme } from '@gangway/product/kernel/manifest.ts';

/** The looks in previews: those that an environment starts with. */
export const previewTheme: Theme = { accent: '#0b776d', onAccent: '#ffffff', radius: 10 };
