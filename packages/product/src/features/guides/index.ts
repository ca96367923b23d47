import { defineSlice } from '../../kernel/slice.ts';
import { guideReactor, tourSurface } from './guide.ts';

export const guidesDomain = defineSlice({ name: 'guides', reactors: [guideReactor], surfaces: [tourSurface] });
