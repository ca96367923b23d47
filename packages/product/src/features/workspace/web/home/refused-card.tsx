import type { FailedEvent } from '@gangway/web/kit/api/answers.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Go } from '@gangway/web/kit/go.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { refusalWords } from '@gangway/web/kit/refusal-words.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Skeleton } from '@mantine/core';

/** The last refused events and why. */
export function RefusedCard() {
  const failed = useAnswer<{ events: readonly FailedEvent[]; total: number }>('failed');
  const { data } = failed;
  return (
    <div className="gw-card">
      <Section title="Refused" end={data && data.total > 0 && <Go to="/live?tab=failed">All {countText(data.total)}</Go>}>
        <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />
        {failed.isPending && <Skeleton height={60} />}
        {data?.events.length === 0 && <p className="gw-home-none">No event was refused. One bad event never holds up the others.</p>}
        {data && data.events.length > 0 && (
          <table className="gw-content-table">
            <tbody>
              {data.events.slice(0, 5).map((event) => (
                <tr key={event.id}>
                  <td>{refusalWords(event.reason).sentence}</td>
                  <td className="gw-quiet">
                    <RelativeTime at={event.receivedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </div>
  );
}
