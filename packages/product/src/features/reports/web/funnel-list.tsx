import { DefinitionList } from '@gangway/web/kit/definitions/definition-list.tsx';
import type { Funnel } from '../funnel.ts';
import { Activation } from './activation.tsx';
import { funnelWords } from './funnel-words.ts';

const starter = (name: string): Funnel => ({
  name,
  within: 7 * 86_400_000,
  steps: [
    { type: 'event', name: '' },
    { type: 'event', name: '' },
  ],
});

/** The activation rate, and every funnel. */
export function FunnelList() {
  return (
    <DefinitionList
      words={funnelWords}
      purpose="How many people get from one step to the next, and where they stop."
      whatFor="A funnel counts who goes from a first step to a last one, in order, and opens the people behind every bar."
      starter={starter}
      above={<Activation />}
    />
  );
}
