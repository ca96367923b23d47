import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button, Group, Modal, NumberInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { VarietyAnswer } from '../contract.ts';

type Caps = VarietyAnswer['caps'];

/** Sets how many different names, keys and people the environment may have. */
export function VarietyCapsDialog({ opened, caps, onClose }: { opened: boolean; caps: Caps; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Change caps" closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <CapsForm caps={caps} onClose={onClose} />}
    </Modal>
  );
}

const fields = [
  { key: 'eventNames', label: 'Event names', description: 'Of track calls.', most: 100_000 },
  { key: 'propertiesPerEvent', label: 'Keys of one event', description: 'Of its properties or traits.', most: 10_000 },
  { key: 'people', label: 'People', description: 'Known by name or not.', most: 1_000_000_000 },
] as const;

function CapsForm({ caps, onClose }: { caps: Caps; onClose: () => void }) {
  const api = useApi();
  const toast = useToast();
  const [draft, setDraft] = useState<Caps>(caps);
  const save = useMutation({
    mutationFn: () => api.put<VarietyAnswer>('variety', draft),
    onSuccess: (answer) => {
      api.keep('variety', answer);
      toast({ message: 'Caps changed. What was known before stays known.' });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        {fields.map(({ key, label, description, most }) => (
          <NumberInput
            key={key}
            label={label}
            description={description}
            min={1}
            max={most}
            allowDecimal={false}
            thousandSeparator=","
            value={draft[key]}
            onChange={(value) => setDraft({ ...draft, [key]: Number(value) })}
          />
        ))}
        <ProblemNotice error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={fields.some(({ key, most }) => draft[key] < 1 || draft[key] > most)}>
            Save caps
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
