import { defineSlice } from '../../kernel/slice.ts';
import { savedSegment } from './segment.ts';

export type { Segment } from './segment.ts';
export const segmentsDomain = defineSlice({ name: 'segments', savedRules: [savedSegment] });
