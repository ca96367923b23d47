import { useAnswer } from '../api/use-answer.ts';
import type { RuleChoices } from '../rule-editor/rule-choices.ts';
import { useDefinitions } from './use-definitions.ts';

/** What the pickers of a rule offer here: event names that were seen, and milestones. Empty while they load. */
export function useRuleChoices(): RuleChoices {
  const names = useAnswer<{ names: string[] }>('events/names');
  const milestones = useDefinitions('milestones');
  return { events: names.data?.names ?? [], milestones: milestones.data?.definitions ?? [] };
}

/** Calls a milestone by its name; by its id when it is not known. */
export function milestoneNamer(choices: RuleChoices): (id: string) => string {
  return (id) => choices.milestones.find((milestone) => milestone.id === id)?.name ?? id;
}
