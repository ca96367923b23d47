import { plural } from './number-text.ts';
import { StatusBadge } from './status-badge.tsx';
import './turned-away.css';

interface Counts {
  readonly key: number;
  readonly person: number;
  readonly address: number;
  readonly busy: number;
}

/** Requests that were told to come later, by what turned them away; nothing when there were none. */
export function TurnedAway({ counts }: { counts: Counts }) {
  const reasons = [
    [counts.key, 'over the limit of a key'],
    [counts.person, 'over the limit of one person'],
    [counts.address, 'over the limit of a network address'],
    [counts.busy, 'while the server was full'],
  ] as const;
  const told = reasons.filter(([count]) => count > 0).map(([count, why]) => `${plural(count, 'request', 'requests')} ${why}`);
  if (told.length === 0) return null;
  return (
    <p className="gw-turned-away">
      <StatusBadge tone="attention">Turned away</StatusBadge>
      <span>Since this server started: {told.join(', ')}. Senders were told when to come back; nothing of these was kept.</span>
    </p>
  );
}
