import type { PortalPlan } from '../contract.ts';
import { Icon } from './icon.tsx';
import { initials } from './plan-words.ts';

/** Who helps, and a mail to them that already says what it is about. */
export function Helper({ helper, about }: { helper: PortalPlan['helper']; about: string }) {
  // Some mail programs do not decode the @.
  const address = encodeURIComponent(helper.email).replace('%40', '@');
  return (
    <div className="helper">
      <span className="avatar" aria-hidden="true">
        {initials(helper.name)}
      </span>
      <p>
        <strong>{helper.name}</strong>
        <span className="muted">Helps you with this plan</span>
      </p>
      <a className="button small" href={`mailto:${address}?subject=${encodeURIComponent(about)}`} data-testid="ask-helper">
        <Icon name="mail" />
        Ask<span className="sr"> {helper.name} by e-mail</span>
      </a>
    </div>
  );
}
