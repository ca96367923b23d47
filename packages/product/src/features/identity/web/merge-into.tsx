import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { useGo } from '@gangway/web/kit/go.tsx';
import { PersonPicker } from '@gangway/web/kit/person-picker.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

/** Joins this person with another for good: what no event may do to two users. */
export function MergeInto({ id, label }: { id: string; label: string }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={dialog.open}>
        Merge into another person
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={`Merge ${label}`} closeButtonProps={{ 'aria-label': 'Close' }}>
        {opened && <MergeForm id={id} label={label} onClose={dialog.close} />}
      </Modal>
    </>
  );
}

function MergeForm({ id, label, onClose }: { id: string; label: string; onClose: () => void }) {
  const api = useApi();
  const go = useGo();
  const toast = useToast();
  const [into, setInto] = useState<string | null>(null);
  const merge = useMutation({
    mutationFn: () => api.post<{ id: string }>(`people/${encodeURIComponent(id)}/merge`, { into }),
    onSuccess: async (answer) => {
      await api.refresh('people');
      toast({ message: `${label} was merged.` });
      onClose();
      go(`/people/${encodeURIComponent(answer.id)}/identity`);
    },
  });
  return (
    <Stack gap="md">
      <Text>
        All that is {label}’s becomes the other person’s: ids, events, accounts, milestones; the earliest completion of each counts. This
        cannot be undone; what both were before stays on record.
      </Text>
      <PersonPicker label="The person who is left" value={into} onChange={setInto} />
      <ProblemNotice error={merge.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Keep both
        </Button>
        <Button color="red" disabled={into === null || into === id} loading={merge.isPending} onClick={() => merge.mutate()}>
          Merge for good
        </Button>
      </Group>
    </Stack>
  );
}
