import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { ConfirmByTyping } from '@gangway/web/kit/confirm-by-typing.tsx';
import { CopyId } from '@gangway/web/kit/copy-id.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentityKey } from '../contract.ts';
import { NewIdentityKeyDialog } from './new-identity-key-dialog.tsx';

/** The keys of identity tokens: two may work side by side, so that a back end can change over. */
export function IdentityKeys({ keys }: { keys: readonly IdentityKey[] }) {
  const [making, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<IdentityKey>();
  const working = keys.filter(({ revokedAt }) => revokedAt === null).length;
  return (
    <Section
      title="Identity keys"
      end={
        <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={dialog.open} disabled={working >= 2}>
          {working === 1 ? 'Make the next key' : 'New identity key'}
        </Button>
      }
    >
      <Text className="gw-identity-words">
        Your back end signs tokens with one of them; a token names it in “kid”. To rotate: make the next key, let your back end sign with
        it, and revoke the old one a day later, when no token of it lives any more.
      </Text>
      {keys.length > 0 && <KeyTable keys={keys} onRevoke={setRevoking} />}
      {keys.length === 0 && <p className="gw-identity-none">None yet. Without a key no token can be checked.</p>}
      <NewIdentityKeyDialog opened={making} onClose={dialog.close} />
      <RevokeDialog identityKey={revoking} onClose={() => setRevoking(undefined)} />
    </Section>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly IdentityKey[]; onRevoke: (key: IdentityKey) => void }) {
  return (
    <div className="gw-identity-scroll">
      <Table aria-label="Identity keys">
        <Table.Thead>
          <Table.Tr>
            {['Key', 'Id (kid)', 'Algorithm', 'Made', 'State', 'Action'].map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id}>
              <Table.Td>{key.label}</Table.Td>
              <Table.Td>
                <CopyId id={key.id} label="key id" />
              </Table.Td>
              <Table.Td className="gw-mono">{key.algorithm}</Table.Td>
              <Table.Td>
                <RelativeTime at={key.createdAt} />
              </Table.Td>
              <Table.Td>
                {key.revokedAt === null ? (
                  <StatusBadge tone="good">Works</StatusBadge>
                ) : (
                  <StatusBadge tone="neutral" icon="blocked">
                    Revoked
                  </StatusBadge>
                )}
              </Table.Td>
              <Table.Td className="gw-identity-number">
                {key.revokedAt === null && (
                  <Button size="compact-xs" variant="subtle" color="red" onClick={() => onRevoke(key)} aria-label={`Revoke ${key.label}`}>
                    Revoke
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function RevokeDialog({ identityKey, onClose }: { identityKey: IdentityKey | undefined; onClose: () => void }) {
  const api = useApi();
  const toast = useToast();
  const revoke = useMutation({
    mutationFn: (key: IdentityKey) => api.remove<void>(`identity/keys/${encodeURIComponent(key.id)}`),
    onSuccess: async (_, key) => {
      await api.refresh('identity');
      toast({ message: `Tokens of “${key.label}” prove nothing from now on.` });
      onClose();
    },
  });
  return (
    <ConfirmByTyping
      opened={identityKey !== undefined}
      onClose={() => {
        revoke.reset();
        onClose();
      }}
      title="Revoke identity key"
      consequence="Tokens signed with this key prove nothing from now on, also those that are in pages already. This cannot be undone."
      name={identityKey?.label ?? ''}
      action="Revoke key"
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => identityKey && revoke.mutate(identityKey)}
    />
  );
}
