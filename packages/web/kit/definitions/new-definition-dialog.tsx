import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useEnvironment } from '../api/environment.tsx';
import { useGo } from '../go.tsx';
import type { DefinitionWords } from './definition-words.ts';
import { keepLocalDraft } from './local-draft.ts';
import { newDefinitionId } from './new-definition-id.ts';

export interface NewDefinitionProps {
  readonly words: DefinitionWords;
  /** The first draft of a name; it may be incomplete, then it waits in this browser. */
  readonly starter: (name: string) => unknown;
  /** Stands over the name. */
  readonly choice?: ReactNode;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for a name and opens the editor on a fresh draft. */
export function NewDefinitionDialog(props: NewDefinitionProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={`New ${props.words.noun}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      {props.opened && <NewDefinitionForm {...props} />}
    </Modal>
  );
}

function NewDefinitionForm({ words, starter, choice, onClose }: NewDefinitionProps) {
  const environment = useEnvironment();
  const go = useGo();
  const [name, setName] = useState('');
  const ready = name.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const id = newDefinitionId(name, words.noun);
        keepLocalDraft(
          { environment: environment.id, slice: words.slice, id },
          { revision: 0, body: starter(name.trim()), at: Date.now() },
        );
        onClose();
        go(`${words.path}/${id}`);
      }}
    >
      <Stack gap="md">
        {choice}
        <TextInput
          label="Name"
          description="For you and your team."
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Text size="sm" c="dimmed">
          Nobody sees it until you publish.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!ready}>
            {`Create ${words.noun}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
