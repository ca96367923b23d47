import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { ConfirmByTyping } from '@gangway/web/kit/confirm-by-typing.tsx';
import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { IdentityAnswer } from '../contract.ts';

type Mode = IdentityAnswer['mode'];

const words: Record<Mode, string> = {
  open: 'A user id that a page sends is believed: the anonymous visitor becomes that user, as in Segment. Tokens are checked and counted, and none is needed.',
  required:
    'A user id that a page sends needs a token for that very user. Without one it is a shadow: a person of its own, kept, joined with nobody, in no account, and shown only what everybody may see. A token that proves nothing is refused. Your servers (secret key) are believed as ever.',
};

/** Open or required, with what would change said before it does. */
export function ModeSection({ identity }: { identity: IdentityAnswer }) {
  const api = useApi();
  const toast = useToast();
  const [asking, dialog] = useDisclosure(false);
  const change = useMutation({
    mutationFn: (mode: Mode) => api.put<void>('identity/mode', { mode }),
    onSuccess: async (_, mode) => {
      await api.refresh('identity');
      toast({ message: mode === 'required' ? 'Proof is required from now on.' : 'User ids are believed from now on.' });
      dialog.close();
    },
  });
  const { mode, changedAt, changedBy } = identity;
  return (
    <Section title="Mode" end={<ModeBadge mode={mode} />}>
      <Text className="gw-identity-words">{words[mode]}</Text>
      <div className="gw-identity-row">
        {mode === 'open' ? (
          <Button onClick={dialog.open} disabled={!identity.keys.some(({ revokedAt }) => revokedAt === null)}>
            Require proof
          </Button>
        ) : (
          <Button variant="default" onClick={() => change.mutate('open')} loading={change.isPending}>
            Believe user ids again
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {changedAt === null ? (
            'Never changed.'
          ) : (
            <>
              Changed by {changedBy} <RelativeTime at={changedAt} />.
            </>
          )}
          {mode === 'open' && identity.keys.every(({ revokedAt }) => revokedAt !== null) && ' Make an identity key first.'}
        </Text>
      </div>
      {!asking && <ProblemNotice error={change.error} />}
      <ConfirmByTyping
        opened={asking}
        onClose={() => {
          change.reset();
          dialog.close();
        }}
        title="Require proof"
        consequence={consequenceOf(identity)}
        name="required"
        action="Require proof"
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate('required')}
      />
    </Section>
  );
}

function consequenceOf({ coverage: { events, people } }: IdentityAnswer): string {
  if (events.all === 0)
    return 'No page has named a user in the last seven days, so nobody can say yet what would change. It can be set back.';
  const outside = people.all - people.proved;
  return `In the last seven days ${shareText(events.proved / events.all)} of the events that named a user had a valid token. Of ${countText(people.all)} people ${countText(outside)} would have been shadows at least once. It can be set back; what came as a shadow stays one.`;
}

function ModeBadge({ mode }: { mode: Mode }) {
  return mode === 'required' ? (
    <StatusBadge tone="good" icon="check">
      Required
    </StatusBadge>
  ) : (
    <StatusBadge tone="neutral">Open</StatusBadge>
  );
}
