import { defineSlice } from '../../kernel/slice.ts';
import { planReactor } from './plan.ts';

export type { PlanAnswer, PlanTaskAnswer } from './contract.ts';
export { type Plan, type PlanPhase, type PlanState, type PlanTask, planCommands, type TaskState } from './plan.ts';
export const plansDomain = defineSlice({ name: 'plans', reactors: [planReactor] });
