import { Icon, type IconName } from './icon.tsx';
import './status-badge.css';

export type Tone = 'good' | 'attention' | 'bad' | 'info' | 'special' | 'neutral';

const icons: Record<Tone, IconName> = {
  good: 'check',
  attention: 'warning',
  bad: 'blocked',
  info: 'info',
  special: 'live',
  neutral: 'dots',
};

/** A state as icon and word: colour never speaks alone. */
export function StatusBadge({ tone, children, icon = icons[tone] }: { tone: Tone; children: string; icon?: IconName }) {
  return (
    <span className="gw-status" data-tone={tone}>
      <Icon name={icon} size={12} />
      {children}
    </span>
  );
}
