import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { ConfirmByTyping } from '@gangway/web/kit/confirm-by-typing.tsx';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { ErasureAnswer } from '../contract.ts';

/** Deletes a person for good, after their name was typed. */
export function ErasePerson({ id, label, onErased }: { id: string; label: string; onErased: (erasure: string) => void }) {
  const api = useApi();
  const [asking, dialog] = useDisclosure(false);
  const erase = useMutation({
    mutationFn: () => api.post<ErasureAnswer>(`people/${encodeURIComponent(id)}/erase`, { confirm: label }),
    onSuccess: async (erasure) => {
      onErased(erasure.id);
      await api.refresh('erasures');
    },
  });
  return (
    <>
      <Button color="red" variant="light" onClick={dialog.open}>
        Delete this person
      </Button>
      <ConfirmByTyping
        opened={asking}
        onClose={() => {
          erase.reset();
          dialog.close();
        }}
        title="Delete this person"
        consequence="Everything that is held of them goes: profile, ids, events in the log and in analytics, states, messages, refused events. Their ids are kept as hashes, so that what comes later is refused. What they did for an account, such as a milestone it reached, stays the account’s. Files of imports that have not ended are not searched: finish or cancel those first. Backups keep what they hold until they expire. This cannot be undone."
        name={label}
        action="Delete for good"
        busy={erase.isPending}
        error={erase.error}
        onConfirm={() => erase.mutate()}
      />
    </>
  );
}
