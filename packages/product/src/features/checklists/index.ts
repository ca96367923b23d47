import { defineSlice } from '../../kernel/slice.ts';
import { checklistReactor, checklistSurface } from './checklist.ts';

export const checklistsDomain = defineSlice({ name: 'checklists', reactors: [checklistReactor], surfaces: [checklistSurface] });
