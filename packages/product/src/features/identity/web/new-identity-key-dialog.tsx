import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { KeyDialog, KeyForm, ShownOnce } from '@gangway/web/kit/key-dialog.tsx';
import { Radio, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentityKey } from '../contract.ts';

/** Makes a shared secret and shows it once, or takes the public half of a pair. */
export function NewIdentityKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <KeyDialog opened={opened} onClose={onClose} title="New identity key">
      <NewKey onClose={onClose} />
    </KeyDialog>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const [kind, setKind] = useState('secret');
  const [pem, setPem] = useState('');
  const create = useMutation({
    mutationFn: (label: string) =>
      api.post<{ key: IdentityKey; secret: string | null }>('identity/keys', {
        label,
        ...(kind === 'public' ? { publicKey: pem.trim() } : {}),
      }),
    onSuccess: async ({ secret }) => {
      await api.refresh('identity');
      if (secret === null) onClose();
    },
  });
  if (create.data?.secret) {
    return (
      <ShownOnce
        words="Copy both now and keep them in your back end’s settings. The secret is kept encrypted and cannot be shown again."
        parts={[
          { label: 'key id (kid)', code: create.data.key.id },
          { label: 'identity secret', code: create.data.secret },
        ]}
        done="I have copied them"
        onClose={onClose}
      />
    );
  }
  return (
    <KeyForm
      description="Which back end will sign with it."
      ready={kind === 'secret' || pem.trim() !== ''}
      busy={create.isPending}
      error={create.error}
      onMake={create.mutate}
      onClose={onClose}
    >
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
    </KeyForm>
  );
}
