import type { DecisionTransition, PersonDecisionsAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { RelativeTime } from '../relative-time.tsx';
import type { WhyProps } from './why.tsx';

const words: Readonly<Record<DecisionTransition['verdict'], string>> = {
  shown: 'Could be shown',
  page: 'Left to the page',
  blocked: 'Blocked',
  withheld: 'Withheld: in the holdout',
  not_in_audience: 'Not in the audience',
  unknown: 'Not decided',
};

/** What was decided whenever a page of this person asked, and why: the changes, the latest first. */
export function Decisions({ slice, id, person }: WhyProps) {
  const answer = useAnswer<PersonDecisionsAnswer>(`people/${encodeURIComponent(person)}/decisions`, {}, { keep: false });
  const changes = answer.data?.contents.find((content) => content.slice === slice && content.id === id)?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <section aria-label="Decisions">
      <h2 className="gw-why-title">What was decided before</h2>
      <ol className="gw-why-history">
        {changes.map((change) => (
          <li key={`${change.at} ${change.verdict} ${change.version}`}>
            <span>
              {words[change.verdict]}
              {change.reasons.map(({ text, found }) => (
                <span key={text} className="gw-quiet gw-why-reason">
                  {text}
                  {found !== null && `: ${found}`}
                </span>
              ))}
            </span>
            <span className="gw-quiet">
              <RelativeTime at={change.at} /> · version {change.version}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
