import type { IconName } from '@gangway/web/kit/icon.tsx';
import { StatusBadge, type Tone } from '@gangway/web/kit/status-badge.tsx';
import type { PersonRow } from '../contract.ts';

const levels: Record<PersonRow['level'], { tone: Tone; icon: IconName; word: string }> = {
  anonymous: { tone: 'neutral', icon: 'question', word: 'Anonymous' },
  claimed: { tone: 'neutral', icon: 'person', word: 'Claimed' },
  verified: { tone: 'good', icon: 'check', word: 'Verified' },
  server: { tone: 'good', icon: 'key', word: 'Server' },
};

/** How sure we are who the person is: said by nobody, by the page, by a signed token, or by the customer's server. */
export function LevelBadge({ level }: { level: PersonRow['level'] }) {
  const { tone, icon, word } = levels[level];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
}
