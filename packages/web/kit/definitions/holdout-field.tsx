import type { DecisionCountsAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { countText } from '../number-text.ts';
import { RelativeTime } from '../relative-time.tsx';
import { WholeNumberField } from '../rule-editor/whole-number-field.tsx';
import type { Editing } from './use-editing.ts';

/** From how many of the audience a content is kept back, and how many that came to. */
export function HoldoutField<Body extends { readonly holdout?: number }>({ editing }: { editing: Editing<Body> }) {
  const { body } = editing.draft;
  const share = body.holdout ?? 0;
  return (
    <div>
      <WholeNumberField
        label="Holdout, per cent"
        description="Kept back from this share of the audience, always the same people, so that you can compare. 0 = shown to all."
        labelled
        width={420}
        value={share}
        max={50}
        onChange={(holdout) => editing.change({ ...body, holdout })}
      />
      {editing.answer?.version != null && <Exposed slice={editing.slice} id={editing.id} />}
    </div>
  );
}

function Exposed({ slice, id }: { slice: string; id: string }) {
  const answer = useAnswer<DecisionCountsAnswer>(`definitions/${slice}/${id}/decisions`);
  if (!answer.data) return null;
  const { counts, exposed, asOf } = answer.data;
  if (exposed === 0) return null;
  const reachable = counts.shown + counts.page + counts.blocked;
  return (
    <p className="gw-quiet gw-number">
      Of those whose page has asked, withheld from {countText(counts.withheld)} now and not withheld from {countText(reachable)};{' '}
      {countText(exposed)} were withheld at some time. As of <RelativeTime at={asOf} />.
    </p>
  );
}
