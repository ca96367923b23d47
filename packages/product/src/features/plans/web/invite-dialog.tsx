import { useSession } from '@gangway/web/kit/api/environment.tsx';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { Go } from '@gangway/web/kit/go.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Snippet } from '@gangway/web/kit/snippet.tsx';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanAnswer } from '../contract.ts';

interface InviteProps {
  readonly plan: PlanAnswer;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Invites somebody of the customer into the portal: a mail with a link, and the link to copy. */
export function InviteDialog(props: InviteProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Invite to the portal" closeButtonProps={{ 'aria-label': 'Close' }}>
      {props.opened && <InviteForm {...props} />}
    </Modal>
  );
}

function InviteForm({ plan, onClose }: InviteProps) {
  const [email, setEmail] = useState('');
  const api = useApi();
  const invite = useMutation({ mutationFn: () => api.post<{ url: string }>(`plans/${plan.id}/portal-link`, { email: email.trim() }) });
  if (invite.data) return <Invited email={email.trim()} url={invite.data.url} onClose={onClose} again={() => invite.reset()} />;
  const wrong = invite.error && 'issues' in invite.error && Array.isArray(invite.error.issues) && invite.error.issues.length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate();
      }}
    >
      <Stack gap="md">
        <Text>
          They see the tasks of {plan.account.name ?? plan.account.id}, what is done and what comes next. Internal tasks never show.
        </Text>
        <TextInput
          label="Their mail address"
          type="email"
          required
          withAsterisk={false}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={wrong ? 'This is not a mail address.' : undefined}
          data-autofocus
        />
        {!wrong && <ProblemNotice error={invite.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending} disabled={email.trim() === ''}>
            Send invitation
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Invited({ email, url, onClose, again }: { email: string; url: string; onClose: () => void; again: () => void }) {
  const { mail } = useSession();
  return (
    <Stack gap="md">
      <Text role="status">
        {mail === 'smtp' ? (
          <>The invitation was sent to {email}.</>
        ) : (
          <>
            No mail server is set, so the mail to {email} was kept in the{' '}
            <Go to="/settings/mailbox" className="gw-inline-link">
              mailbox
            </Go>
            .
          </>
        )}{' '}
        You can also hand over this link; it opens once, for this person.
      </Text>
      <Snippet code={url} label="portal link" />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={again}>
          Invite another
        </Button>
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
