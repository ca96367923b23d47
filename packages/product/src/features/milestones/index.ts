import { defineSlice } from '../../kernel/slice.ts';
import { milestoneMatcher } from './milestone.ts';

export type { Milestone } from './milestone.ts';
export const milestonesDomain = defineSlice({ name: 'milestones', matchers: [milestoneMatcher] });
