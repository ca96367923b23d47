import { Autocomplete, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DefinitionAnswer } from '../api/answers.ts';
import { useApi } from '../api/use-api.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { useToast } from '../toasts.tsx';
import { newDefinitionId } from './new-definition-id.ts';
import { namesPath } from './use-definitions.ts';
import { useEventNames } from './use-rule-choices.ts';

interface NewMilestoneProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onCreated: (milestone: string) => void;
}

/** The short way to the commonest milestone: somebody did one thing for the first time. Published at once, so that it ticks. */
export function NewMilestoneDialog(props: NewMilestoneProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="New milestone" closeButtonProps={{ 'aria-label': 'Close' }}>
      {props.opened && <NewMilestoneForm {...props} />}
    </Modal>
  );
}

function NewMilestoneForm({ onClose, onCreated }: NewMilestoneProps) {
  const [name, setName] = useState('');
  const [event, setEvent] = useState('');
  const events = useEventNames();
  const create = useCreateMilestone((milestone) => {
    onCreated(milestone);
    onClose();
  });
  const ready = name.trim() !== '' && event.trim() !== '';
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault();
        // The dialog is drawn inside another form by React, though not by the document.
        submit.stopPropagation();
        if (ready) create.mutate({ name: name.trim(), event: event.trim() });
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="First board created"
          maxLength={120}
          value={name}
          onChange={(change) => setName(change.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Autocomplete
          label="Reached when a person first does"
          placeholder="Board Created"
          data={[...events]}
          value={event}
          onChange={setEvent}
        />
        <Text size="sm" c="dimmed">
          Goes live at once; whoever has done it before has reached it. More conditions can be added under Milestones.
        </Text>
        <ProblemNotice error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!ready} loading={create.isPending}>
            Create milestone
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Saves and publishes a milestone for the first time of one event; tells its id. */
function useCreateMilestone(onCreated: (milestone: string) => void) {
  const api = useApi();
  const toast = useToast();
  return useMutation({
    mutationFn: async ({ name, event }: { name: string; event: string }) => {
      const path = `definitions/milestones/${newDefinitionId(name, 'milestone')}`;
      const rule = { type: 'all', of: [{ type: 'event', name: event, operator: 'at_least', times: 1 }] };
      const body = { name, description: '', subject: 'person', role: 'progress', rule };
      const saved = await api.put<DefinitionAnswer>(path, { revision: 0, body });
      return api.post<DefinitionAnswer>(`${path}/publish`, { revision: saved.revision, backfill: 'everyone' });
    },
    onSuccess: async (milestone) => {
      await Promise.all([api.refresh('definitions/milestones'), api.refresh(namesPath('milestones'))]);
      toast({ message: `Milestone “${milestone.name}” is live` });
      onCreated(milestone.id);
    },
  });
}
