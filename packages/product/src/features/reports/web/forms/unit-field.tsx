import { SegmentedControl } from '@mantine/core';

type Unit = 'day' | 'week' | 'month';

/** How time is cut. */
export function UnitField({ label, value, onChange }: { label: string; value: Unit; onChange: (unit: Unit) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      data={[
        { value: 'day', label: 'Days' },
        { value: 'week', label: 'Weeks' },
        { value: 'month', label: 'Months' },
      ]}
      value={value}
      onChange={(unit) => onChange(unit as Unit)}
    />
  );
}
