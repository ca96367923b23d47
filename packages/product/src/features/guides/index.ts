import { defineSlice } from '../../kernel/slice.ts';
import { guideEvents, guideReactor, tourSurface } from './guide.ts';

export const guidesDomain = defineSlice({
  name: 'guides',
  events: Object.values(guideEvents),
  reactors: [guideReactor],
  surfaces: [tourSurface],
});
