import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { ConfirmByTyping } from '@gangway/web/kit/confirm-by-typing.tsx';
import type { Column } from '@gangway/web/kit/data-table/column.ts';
import { DataTable } from '@gangway/web/kit/data-table/data-table.tsx';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyRow } from '../../contract.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';

/** The keys of the environment: make a secret one, revoke one. */
export function Keys() {
  const keys = useAnswer<{ keys: readonly KeyRow[] }>('keys');
  const [making, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<KeyRow>();
  return (
    <>
      <DataTable
        name="keys"
        unit={['key', 'keys']}
        columns={keyColumns(setRevoking)}
        rows={keys.data?.keys ?? []}
        rowKey={(key) => key.id}
        rowLabel={(key) => key.label}
        loading={keys.isPending}
        problem={keys.data ? null : keys.error}
        onRetry={() => void keys.refetch()}
        filters={
          <Group gap="sm">
            <Button leftSection={<Icon name="plus" size={14} />} onClick={dialog.open}>
              New secret key
            </Button>
          </Group>
        }
        empty={
          <EmptyState picture="key" title="No keys">
            A secret key lets your server send events that count as certain.
          </EmptyState>
        }
      />
      <NewKeyDialog opened={making} onClose={dialog.close} />
      <RevokeDialog apiKey={revoking} onClose={() => setRevoking(undefined)} />
    </>
  );
}

function keyColumns(onRevoke: (key: KeyRow) => void): readonly Column<KeyRow>[] {
  return [
    { key: 'label', header: 'Key', grow: 2, value: (key) => key.label, cell: (key) => key.label },
    {
      key: 'prefix',
      header: 'Starts with',
      from: 'tablet',
      grow: 1.5,
      value: (key) => key.prefix,
      cell: (key) => <span className="gw-mono">{key.prefix}…</span>,
    },
    { key: 'kind', header: 'Kind', from: 'tablet', value: (key) => key.kind, cell: (key) => (key.kind === 'secret' ? 'Secret' : 'Public') },
    {
      key: 'createdAt',
      header: 'Made',
      from: 'tablet',
      grow: 1.2,
      value: (key) => new Date(key.createdAt).toISOString(),
      cell: (key) => <RelativeTime at={key.createdAt} />,
    },
    {
      key: 'revokedAt',
      header: 'State',
      grow: 1.2,
      value: (key) => (key.revokedAt === null ? 'works' : 'revoked'),
      cell: (key) =>
        key.revokedAt === null ? (
          <StatusBadge tone="good">Works</StatusBadge>
        ) : (
          <StatusBadge tone="neutral" icon="blocked">
            Revoked
          </StatusBadge>
        ),
    },
    {
      key: 'action',
      header: 'Action',
      numeric: true,
      value: () => null,
      cell: (key) =>
        key.kind === 'secret' &&
        key.revokedAt === null && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => onRevoke(key)} aria-label={`Revoke ${key.label}`}>
            Revoke
          </Button>
        ),
    },
  ];
}

function RevokeDialog({ apiKey, onClose }: { apiKey: KeyRow | undefined; onClose: () => void }) {
  const api = useApi();
  const toast = useToast();
  const revoke = useMutation({
    mutationFn: (key: KeyRow) => api.remove<void>(`keys/${encodeURIComponent(key.id)}`),
    onSuccess: async (_, key) => {
      await api.refresh('keys');
      toast({ message: `“${key.label}” no longer works.` });
      onClose();
    },
  });
  const close = () => {
    revoke.reset();
    onClose();
  };
  return (
    <ConfirmByTyping
      opened={apiKey !== undefined}
      onClose={close}
      title="Revoke key"
      consequence="Servers that use this key can no longer send events. What they have sent is kept. This cannot be undone."
      name={apiKey?.label ?? ''}
      action="Revoke key"
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => apiKey && revoke.mutate(apiKey)}
    />
  );
}
