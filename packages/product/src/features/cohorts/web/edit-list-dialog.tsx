import type { DefinitionAnswer } from '@gangway/web/kit/api/answers.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Cohort } from '../cohort.ts';
import { ListFields, trimmed } from './list-fields.tsx';
import { useListChanges } from './use-list-changes.ts';

interface EditListProps {
  readonly list: DefinitionAnswer;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Renames a list and describes it. Rules know it by its id, so they go on asking for the same one. */
export function EditListDialog({ list, opened, onClose }: EditListProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Rename list" closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <EditList list={list} onClose={onClose} />}
    </Modal>
  );
}

function EditList({ list, onClose }: Omit<EditListProps, 'opened'>) {
  const changes = useListChanges();
  const [body, setBody] = useState(list.draft as Cohort);
  const save = useMutation({
    mutationFn: () => changes.save(list.id, trimmed(body), list.revision),
    onSuccess: onClose,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <ListFields value={body} onChange={setBody} />
        <ProblemNotice error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={body.name.trim() === ''} loading={save.isPending}>
            Save list
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
