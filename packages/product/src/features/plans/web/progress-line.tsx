import { countText } from '@gangway/web/kit/number-text.ts';
import './plans.css';

/** How much is done, as a bar from zero and in words. */
export function ProgressLine({ done, total, label }: { done: number; total: number; label: string }) {
  const share = total === 0 ? 0 : done / total;
  return (
    <span className="gw-progress">
      <span
        className="gw-progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="gw-number">
        {countText(done)} of {countText(total)}
      </span>
    </span>
  );
}
