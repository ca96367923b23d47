import { useTimeZone } from '../api/environment.tsx';
import { useAnswer } from '../api/use-answer.ts';
import type { RuleChoices } from '../rule-editor/rule-choices.ts';
import { useDefinitionNames } from './use-definitions.ts';

/** Names of events that were seen here. Empty while they load. */
export function useEventNames(): readonly string[] {
  return useAnswer<{ names: string[] }>('events/names').data?.names ?? [];
}

/** What the pickers of a rule offer here: event names that were seen, and what was made. Empty while they load. */
export function useRuleChoices(): RuleChoices {
  const events = useEventNames();
  const milestones = useDefinitionNames('milestones');
  const segments = useDefinitionNames('segments');
  const lists = useDefinitionNames('cohorts');
  const guides = useDefinitionNames('guides');
  const checklists = useDefinitionNames('checklists');
  const zone = useTimeZone() ?? 'UTC';
  return {
    events,
    milestones: milestones.data?.definitions ?? [],
    segments: segments.data?.definitions ?? [],
    // A list that was deleted is a definition that is no longer live.
    lists: lists.data?.definitions.filter(({ live }) => live) ?? [],
    contents: [...(guides.data?.definitions ?? []), ...(checklists.data?.definitions ?? [])],
    zone,
    accounts: true,
  };
}
