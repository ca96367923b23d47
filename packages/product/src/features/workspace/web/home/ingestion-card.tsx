import type { IngestionAnswer } from '@gangway/web/kit/api/answers.ts';
import { countText } from '@gangway/web/kit/number-text.ts';
import { Section } from '@gangway/web/kit/section.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { TurnedAway } from '@gangway/web/kit/turned-away.tsx';
import { Skeleton } from '@mantine/core';

/** Whether every event is accounted for: what was offered equals the sum of what became of it. */
export function IngestionCard({ ingestion }: { ingestion: IngestionAnswer | undefined }) {
  return (
    <div className="gw-card" data-wide>
      <Section title="Events" end={ingestion && <Balanced ingestion={ingestion} />}>
        {ingestion ? <Balance ingestion={ingestion} /> : <Skeleton height={48} />}
        {ingestion && <TurnedAway counts={ingestion.turnedAway} />}
      </Section>
    </div>
  );
}

function Balanced({ ingestion }: { ingestion: IngestionAnswer }) {
  // While some are on the way the sum is not settled: only then is it not yet a fault.
  if (!ingestion.balanced && ingestion.waiting === 0) return <StatusBadge tone="bad">Does not add up</StatusBadge>;
  return ingestion.waiting > 0 ? (
    <StatusBadge tone="info" icon="clock">
      Some on the way
    </StatusBadge>
  ) : (
    <StatusBadge tone="good">Adds up</StatusBadge>
  );
}

function Balance({ ingestion }: { ingestion: IngestionAnswer }) {
  const parts = [
    ['', ingestion.offered, 'offered'],
    ['=', ingestion.applied, 'applied'],
    ['+', ingestion.deduplicated, 'sent twice'],
    ['+', ingestion.rejected, 'refused'],
    ['+', ingestion.quarantined, 'set aside'],
    ['+', ingestion.waiting, 'on the way'],
  ] as const;
  return (
    <ul className="gw-balance">
      {parts.map(([sign, value, word]) => (
        <li key={word}>
          {sign && <span className="gw-balance-sign">{sign}</span>}
          <span>
            <span className="gw-balance-number gw-number">{countText(value)}</span>
            <span className="gw-balance-word">{word}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
