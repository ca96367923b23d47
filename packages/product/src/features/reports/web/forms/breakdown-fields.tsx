import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { Select, Switch } from '@mantine/core';
import type { FormOf } from './form-of.ts';
import { PropertyField } from './property-field.tsx';

/** By which property a funnel is broken down, and whose value counts. */
export function BreakdownFields({ body, set, issues }: FormOf<'funnel'>) {
  const { breakdown, steps } = body;
  const bys = [
    { value: 'first', label: 'of the first step' },
    { value: 'last', label: 'of the last step taken' },
    ...steps.slice(1).map((_, index) => ({ value: String(index + 1), label: `of step ${index + 2}` })),
    { value: 'agree', label: 'of all steps, if they agree' },
  ];
  const change = (part: Partial<NonNullable<typeof breakdown>>) =>
    set({ breakdown: { property: '', by: 'first', top: 5, ...breakdown, ...part } });
  return (
    <>
      <Switch
        label="By a property"
        checked={breakdown !== undefined}
        onChange={(event) => (event.currentTarget.checked ? change({}) : set({ breakdown: undefined }))}
      />
      {breakdown && (
        <div className="gw-report-row">
          <PropertyField
            labelled
            label="Property"
            value={breakdown.property}
            onChange={(property) => change({ property })}
            error={issueAt(issues, ['breakdown', 'property'])}
          />
          <Select
            label="The value"
            flex="1 1 150px"
            allowDeselect={false}
            data={bys}
            value={String(breakdown.by)}
            onChange={(by) => change({ by: /^\d+$/.test(by ?? '') ? Number(by) : ((by ?? 'first') as 'first' | 'last' | 'agree') })}
            error={issueAt(issues, ['breakdown', 'by'])}
          />
          <WholeNumberField labelled label="Groups" min={1} max={20} width={72} value={breakdown.top} onChange={(top) => change({ top })} />
        </div>
      )}
    </>
  );
}
