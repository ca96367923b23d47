import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { durationText } from '@gangway/web/kit/time-text.ts';
import type { ReportBody, RetentionAnswer } from '../../contract.ts';
import { periodText, periodWords } from './period-text.ts';
import type { Sheet, SheetCell } from './sheet.ts';

type RetentionBody = Extract<ReportBody, { kind: 'retention' }>;

/** How a column of the table is called: “Week 1”, “Weeks 2–4”, “7 days”. */
export function slotText({ mode, unit }: RetentionBody, { from, to }: { from: number; to: number }): string {
  if (mode.type === 'rolling') return from === 0 ? 'Start' : `+ ${durationText(from)}`;
  const word = unit[0]?.toUpperCase() + unit.slice(1);
  return to - from === 1 ? `${word} ${from}` : `${word}s ${from}–${to - 1}`;
}

/** Cohorts below each other, shares with their people, and the average of what is over. */
export function retentionSheets(answer: RetentionAnswer, body: RetentionBody, zone: string): readonly Sheet[] {
  const slots = answer.slots.map((slot) => slotText(body, slot));
  const row = (start: number, cohort: number): Sheet['rows'][number] => {
    const { members, cells } = answer.cohorts[cohort] ?? { members: 0, cells: [] };
    const when = periodWords(start, body.unit, zone);
    return {
      head: periodText(start, body.unit, zone),
      cells: [
        {
          value: members,
          text: countText(members),
          label: `Started in ${when}`,
          people: members === 0 ? undefined : { cohort, slot: 0, returned: true },
        },
        ...cells.slice(1).map(({ people, of, complete }, index): SheetCell => {
          const share = of === 0 ? null : people / of;
          return {
            value: share,
            text: shareText(share),
            label: `Started in ${when}, came back in ${slots[index + 1]?.toLowerCase() ?? ''}: ${countText(people)} of ${countText(of)}`,
            heat: share ?? undefined,
            incomplete: !complete,
            people: people === 0 ? undefined : { cohort, slot: index + 1, returned: true },
          };
        }),
      ],
    };
  };
  const average = {
    head: 'Average',
    cells: answer.average.map(
      ({ people, of, rate }, slot): SheetCell =>
        slot === 0
          ? { value: answer.n, text: countText(answer.n), label: 'Everybody of all cohorts' }
          : {
              value: rate,
              text: shareText(rate),
              label: `${countText(people)} of the ${countText(of)} whose time is over`,
              heat: rate ?? undefined,
            },
    ),
  };
  return [
    {
      title: 'Who came back',
      corner: 'Started in',
      columns: ['People', ...slots.slice(1)].map((text) => ({ text })),
      rows: [average, ...answer.cohorts.map(({ start }, cohort) => row(start, cohort))],
    },
  ];
}
