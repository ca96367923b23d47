export type { Segment } from './segment.ts';
