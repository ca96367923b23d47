import type { Names } from '@gangway/product/rules/describe.ts';
import { useTimeZone } from '../api/environment.tsx';
import { useAnswer } from '../api/use-answer.ts';
import type { Choice, RuleChoices } from '../rule-editor/rule-choices.ts';
import { useDefinitions } from './use-definitions.ts';

/** What the pickers of a rule offer here: event names that were seen, and what was made. Empty while they load. */
export function useRuleChoices(): RuleChoices {
  const names = useAnswer<{ names: string[] }>('events/names');
  const milestones = useDefinitions('milestones');
  const segments = useDefinitions('segments');
  const guides = useDefinitions('guides');
  const checklists = useDefinitions('checklists');
  const zone = useTimeZone() ?? 'UTC';
  return {
    events: names.data?.names ?? [],
    milestones: milestones.data?.definitions ?? [],
    segments: segments.data?.definitions ?? [],
    contents: [...(guides.data?.definitions ?? []), ...(checklists.data?.definitions ?? [])],
    zone,
    accounts: true,
  };
}

/** Calls what others have made by its name; by its id when it is not known. */
export function ruleNames({ milestones, segments, contents }: RuleChoices): Names {
  const namer = (choices: readonly Choice[]) => (id: string) => choices.find((choice) => choice.id === id)?.name ?? id;
  return { milestone: namer(milestones), segment: namer(segments), content: namer(contents) };
}

/** Calls a milestone by its name; by its id when it is not known. */
export function milestoneNamer(choices: RuleChoices): (id: string) => string {
  return ruleNames(choices).milestone;
}
