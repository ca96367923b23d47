import type { ApiProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useSession } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Skeleton, Stack, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Mailbox as MailboxAnswer } from '../../contract.ts';

type Message = MailboxAnswer['messages'][number];

/** The mails that were kept here because no mail server is set. */
export function Mailbox() {
  const { mail } = useSession();
  const box = useQuery<MailboxAnswer, ApiProblem>({
    queryKey: ['mailbox'],
    queryFn: ({ signal }) => request('/api/mailbox', { signal }),
    refetchInterval: 10_000,
  });
  if (box.error && !box.data) return <ProblemNotice error={box.error} onRetry={() => void box.refetch()} />;
  if (!box.data) {
    return (
      <Stack gap="lg" aria-busy>
        <Skeleton height={14} width="60%" />
        <Skeleton height={14} width="52%" />
      </Stack>
    );
  }
  if (box.data.messages.length === 0) {
    return (
      <EmptyState picture="mail" title="No mail">
        {mail === 'smtp'
          ? 'Mail leaves by your mail server. Nothing is kept here.'
          : 'No mail server is set, so every mail that would be sent is kept here for you to read: sign-in links, portal invitations.'}
      </EmptyState>
    );
  }
  return (
    <Stack gap="sm">
      {mail === 'mailbox' && <p className="gw-home-none">No mail server is set: these mails were kept here instead of being sent.</p>}
      <ul className="gw-mailbox">
        {box.data.messages.map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </ul>
    </Stack>
  );
}

function MessageRow({ message }: { message: Message }) {
  const [open, setOpen] = useUrlState('mail');
  const shown = open === message.id;
  return (
    <li>
      <UnstyledButton className="gw-mailbox-row" aria-expanded={shown} onClick={() => setOpen(shown ? '' : message.id)}>
        <Icon name={shown ? 'chevronDown' : 'chevronRight'} size={14} />
        <strong className="gw-cut">{message.subject}</strong>
        <span className="gw-quiet gw-cut">to {message.to}</span>
        <span className="gw-quiet">
          <RelativeTime at={message.at} />
        </span>
      </UnstyledButton>
      {shown && (
        <div className="gw-mailbox-text">
          <Linked text={message.text} />
        </div>
      )}
    </li>
  );
}

/** The text with its web addresses as links, drawn as elements: a mail's text is never markup. */
function Linked({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s]+)/);
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noopener">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
