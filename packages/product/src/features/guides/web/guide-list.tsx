import { DefinitionList } from '@gangway/web/kit/definitions/definition-list.tsx';
import { guideWords } from './guide-words.ts';
import { newTour } from './new-step.ts';

/** Every tour, with how many people saw, completed and dismissed it. */
export function GuideList() {
  return (
    <DefinitionList
      words={guideWords}
      purpose="Tours that lead people through your product, step by step, in the page."
      whatFor="A tour points at the things that matter and gets out of the way. It is shown to the people you choose, and every showing is counted."
      starter={newTour}
    />
  );
}
