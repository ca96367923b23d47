import { defineSlice } from '../../kernel/slice.ts';
import { cohortReactor } from './cohort.ts';

export type { Cohort } from './cohort.ts';
export const cohortsDomain = defineSlice({ name: 'cohorts', reactors: [cohortReactor] });
