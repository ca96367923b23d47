import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemNotice } from './problem-notice.tsx';

interface ConfirmProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen and that it cannot be undone. */
  readonly consequence: string;
  /** What must be typed: the name of the thing. */
  readonly name: string;
  /** The verb on the button: “Revoke key”. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly busy?: boolean;
  readonly error?: unknown;
}

/** Asks before something that cannot be undone; the button wakes when the name has been typed. */
export function ConfirmByTyping(props: ConfirmProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      {props.opened && <ConfirmForm {...props} />}
    </Modal>
  );
}

function ConfirmForm({ consequence, name, action, onConfirm, onClose, busy = false, error }: ConfirmProps) {
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (matches) onConfirm();
      }}
    >
      <Stack gap="md">
        <Text>{consequence}</Text>
        <TextInput
          label={`Type “${name}” to go on`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <ProblemNotice error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button type="submit" color="red" disabled={!matches} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
