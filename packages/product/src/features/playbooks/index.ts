export type { Completion, Playbook, PlaybookPhase, PlaybookTask } from './playbook.ts';
