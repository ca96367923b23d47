import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Snippet } from '@gangway/web/kit/snippet.tsx';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyRow } from '../../contract.ts';

/** Makes a secret key and shows it once. */
export function NewKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New secret key"
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={false}
    >
      {opened && <NewKey onClose={onClose} />}
    </Modal>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const [label, setLabel] = useState('');
  const create = useMutation({
    mutationFn: () => api.post<{ key: KeyRow; secret: string }>('keys', { label: label.trim() }),
    onSuccess: () => api.refresh('keys'),
  });
  if (create.data) return <SecretOnce secret={create.data.secret} onClose={onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description="Which server will use it, such as “billing, production”."
          value={label}
          maxLength={80}
          onChange={(event) => setLabel(event.currentTarget.value)}
          data-autofocus
        />
        <ProblemNotice error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={label.trim() === ''} loading={create.isPending}>
            Make key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SecretOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Stack gap="md">
      <Text>Copy the key now and keep it in your server’s settings. It is stored here as a hash only and cannot be shown again.</Text>
      <Snippet code={secret} label="secret key" />
      <Group justify="flex-end">
        <Button onClick={onClose}>I have copied it</Button>
      </Group>
    </Stack>
  );
}
