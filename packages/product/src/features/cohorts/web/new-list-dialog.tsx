import { useGo } from '@gangway/web/kit/go.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Button, Group, Modal, Progress, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Cohort } from '../cohort.ts';
import { ListFields, trimmed } from './list-fields.tsx';
import { MovedNotice } from './moved-notice.tsx';
import { useListChanges } from './use-list-changes.ts';
import { type ChosenIds, UserIdFields } from './user-id-fields.tsx';

/** Makes a list, empty or with people by their user ids. */
export function NewListDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New list" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      {opened && <NewList onClose={onClose} />}
    </Modal>
  );
}

function NewList({ onClose }: { onClose: () => void }) {
  const go = useGo();
  const changes = useListChanges();
  const [body, setBody] = useState<Cohort>({ name: '', description: '' });
  const [ids, setIds] = useState<ChosenIds>([]);
  const [share, setShare] = useState(0);
  // A list that was made stays made when its people are refused; trying again fills the same one.
  const [make] = useState(changes.maker);
  const open = (list: string) => go(`/lists/${encodeURIComponent(list)}`);
  const create = useMutation({
    mutationFn: async (chosen: readonly string[]) => {
      const list = await make(trimmed(body));
      return { list, ...(await changes.move(list, { add: [...chosen] }, setShare)) };
    },
    onSuccess: ({ list, unknown }) => unknown.length === 0 && open(list),
  });
  const made = create.data;
  if (made && made.unknown.length > 0) {
    return (
      <Stack gap="md">
        <MovedNotice {...made} />
        <Group justify="flex-end">
          <Button onClick={() => open(made.list)}>Open list</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ids) create.mutate(ids);
      }}
    >
      <Stack gap="md">
        <ListFields value={body} onChange={setBody} />
        <UserIdFields onChange={setIds} />
        {create.isPending && ids && ids.length > 0 && <Progress value={share * 100} aria-label="People on the list" />}
        <ProblemNotice error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={body.name.trim() === '' || ids === undefined} loading={create.isPending}>
            Create list
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
