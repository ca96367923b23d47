import { Anchor, Select } from '@mantine/core';
import { useState } from 'react';
import { NewMilestoneDialog } from './new-milestone-dialog.tsx';
import { useDefinitionNames } from './use-definitions.ts';

export interface MilestonePickerProps {
  readonly label: string;
  readonly description?: string;
  /** Empty = none chosen. */
  readonly value: string;
  readonly onChange: (milestone: string) => void;
  readonly error: string | undefined;
}

/** Chooses a milestone, or makes one for a single event on the spot. */
export function MilestonePicker({ label, description, value, onChange, error }: MilestonePickerProps) {
  const [creating, setCreating] = useState(false);
  const milestones = useDefinitionNames('milestones');
  const rows = milestones.data?.definitions ?? [];
  const options = rows.map((row) => ({ value: row.id, label: row.live ? row.name : `${row.name} (not live)` }));
  const gone = value !== '' && milestones.data && !rows.some((row) => row.id === value);
  return (
    <>
      <Select
        label={label}
        description={
          <>
            {description}{' '}
            <Anchor component="button" type="button" inherit onClick={() => setCreating(true)}>
              New milestone
            </Anchor>
          </>
        }
        placeholder="Choose a milestone"
        searchable
        nothingFoundMessage={milestones.isPending ? 'Looking…' : 'No milestone of that name'}
        data={gone ? [...options, { value, label: `${value} (not found)` }] : options}
        value={value === '' ? null : value}
        onChange={(milestone) => onChange(milestone ?? '')}
        error={error}
      />
      <NewMilestoneDialog opened={creating} onClose={() => setCreating(false)} onCreated={onChange} />
    </>
  );
}
