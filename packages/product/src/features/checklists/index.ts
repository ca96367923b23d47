import { defineSlice } from '../../kernel/slice.ts';
import { checklistEvents, checklistReactor, checklistSurface } from './checklist.ts';

export const checklistsDomain = defineSlice({
  name: 'checklists',
  events: Object.values(checklistEvents),
  reactors: [checklistReactor],
  surfaces: [checklistSurface],
});
