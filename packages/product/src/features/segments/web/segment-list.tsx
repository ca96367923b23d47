import { DefinitionList } from '@gangway/web/kit/definitions/definition-list.tsx';
import type { Segment } from '../segment.ts';
import { segmentWords } from './segment-words.ts';

const starter = (name: string): Segment => ({ name, description: '', rule: { type: 'all', of: [] } });

/** Every segment. */
export function SegmentList() {
  return (
    <DefinitionList
      words={segmentWords}
      purpose="Rules over people, saved under a name."
      whatFor="A segment says whom you mean: people with a board who have invited nobody, people of a trial who went quiet. It shows who is in it now, and why somebody is or is not."
      starter={starter}
    />
  );
}
