import { plural } from '@gangway/web/kit/number-text.ts';
import { PersonPicker } from '@gangway/web/kit/person-picker.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button, Divider, Group, Modal, Progress, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { MovedNotice } from './moved-notice.tsx';
import { useListChanges } from './use-list-changes.ts';
import { type ChosenIds, UserIdFields } from './user-id-fields.tsx';

interface AddPeopleProps {
  readonly list: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Puts people on a list: one by name, or many by their user ids. */
export function AddPeopleDialog({ list, opened, onClose }: AddPeopleProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add people" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      {opened && <AddPeople list={list} onClose={onClose} />}
    </Modal>
  );
}

function AddPeople({ list, onClose }: Omit<AddPeopleProps, 'opened'>) {
  const changes = useListChanges();
  const toast = useToast();
  const [person, setPerson] = useState<string | null>(null);
  const [ids, setIds] = useState<ChosenIds>([]);
  const [share, setShare] = useState(0);
  const add = useMutation({
    mutationFn: (chosen: readonly string[]) =>
      changes.move(list, { addPeople: person === null ? [] : [person], add: [...chosen] }, setShare),
    onSuccess: ({ added, unknown }) => {
      if (unknown.length > 0) return;
      toast({ message: `${plural(added, 'person is', 'people are')} on the list.` });
      onClose();
    },
  });
  if (add.data && add.data.unknown.length > 0) {
    return (
      <Stack gap="md">
        <MovedNotice {...add.data} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Close</Button>
        </Group>
      </Stack>
    );
  }
  const nobody = person === null && (ids === undefined || ids.length === 0);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ids) add.mutate(ids);
      }}
    >
      <Stack gap="md">
        <PersonPicker label="One person" value={person} onChange={setPerson} first />
        <Divider label="or many" />
        <UserIdFields onChange={setIds} />
        {add.isPending && ids && ids.length > 0 && <Progress value={share * 100} aria-label="People on the list" />}
        <ProblemNotice error={add.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={nobody || ids === undefined} loading={add.isPending}>
            Add people
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
