import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { KeyDialog, KeyForm, ShownOnce } from '@gangway/web/kit/key-dialog.tsx';
import { useMutation } from '@tanstack/react-query';
import type { KeyRow } from '../../contract.ts';

/** Makes a secret key and shows it once. */
export function NewKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <KeyDialog opened={opened} onClose={onClose} title="New secret key">
      <NewKey onClose={onClose} />
    </KeyDialog>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const create = useMutation({
    mutationFn: (label: string) => api.post<{ key: KeyRow; secret: string }>('keys', { label }),
    onSuccess: () => api.refresh('keys'),
  });
  if (create.data) {
    return (
      <ShownOnce
        words="Copy the key now and keep it in your server’s settings. It is stored here as a hash only and cannot be shown again."
        parts={[{ label: 'secret key', code: create.data.secret }]}
        done="I have copied it"
        onClose={onClose}
      />
    );
  }
  return (
    <KeyForm
      description="Which server will use it, such as “billing, production”."
      busy={create.isPending}
      error={create.error}
      onMake={create.mutate}
      onClose={onClose}
    />
  );
}
