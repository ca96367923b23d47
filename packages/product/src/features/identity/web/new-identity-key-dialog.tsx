import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Snippet } from '@gangway/web/kit/snippet.tsx';
import { Button, Group, Modal, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentityKey } from '../contract.ts';

/** Makes a shared secret and shows it once, or takes the public half of a pair. */
export function NewIdentityKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New identity key"
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
  const [kind, setKind] = useState('secret');
  const [pem, setPem] = useState('');
  const create = useMutation({
    mutationFn: () =>
      api.post<{ key: IdentityKey; secret: string | null }>('identity/keys', {
        label: label.trim(),
        ...(kind === 'public' ? { publicKey: pem.trim() } : {}),
      }),
    onSuccess: async ({ secret }) => {
      await api.refresh('identity');
      if (secret === null) onClose();
    },
  });
  if (create.data?.secret) return <SecretOnce keyId={create.data.key.id} secret={create.data.secret} onClose={onClose} />;
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
          description="Which back end will sign with it."
          value={label}
          maxLength={80}
          onChange={(event) => setLabel(event.currentTarget.value)}
          data-autofocus
        />
        <Radio.Group label="How tokens are signed" value={kind} onChange={setKind}>
          <Stack gap="xs" mt="xs">
            <Radio value="secret" label="With a shared secret (HS256)" description="We make it; it is shown once and kept encrypted." />
            <Radio value="public" label="With your private key (ES256, EdDSA, RS256)" description="Only the public key is kept here." />
          </Stack>
        </Radio.Group>
        {kind === 'public' && (
          <Textarea
            label="Public key"
            description="PEM: P-256, Ed25519, or RSA of at least 2,048 bits."
            placeholder="-----BEGIN PUBLIC KEY-----"
            autosize
            minRows={4}
            maxRows={10}
            maxLength={4000}
            value={pem}
            onChange={(event) => setPem(event.currentTarget.value)}
          />
        )}
        <ProblemNotice error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={label.trim() === '' || (kind === 'public' && pem.trim() === '')} loading={create.isPending}>
            Make key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SecretOnce({ keyId, secret, onClose }: { keyId: string; secret: string; onClose: () => void }) {
  return (
    <Stack gap="md">
      <Text>Copy both now and keep them in your back end’s settings. The secret is kept encrypted and cannot be shown again.</Text>
      <Snippet code={keyId} label="key id (kid)" />
      <Snippet code={secret} label="identity secret" />
      <Group justify="flex-end">
        <Button onClick={onClose}>I have copied them</Button>
      </Group>
    </Stack>
  );
}
