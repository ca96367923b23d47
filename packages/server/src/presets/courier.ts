import type { Clock } from '@gangway/product/kernel/clock.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Courier } from '@gangway/product/ports/courier/courier.ts';
import type { Files } from '@gangway/product/ports/files/files.ts';
import { createMailboxCourier, type MailboxMessage } from '../adapters/courier/mailbox-courier.ts';
import { createSmtpCourier } from '../adapters/courier/smtp-courier.ts';

/** SMTP by `SMTP_URL` (`smtp://user:password@host:587`, `smtps://…`) and `SMTP_FROM`; without it, the mailbox. */
export function chooseCourier(input: { environment: Readonly<Record<string, string | undefined>>; files: Files; clock: Clock }): {
  courier: Courier;
  mailbox: () => Promise<MailboxMessage[]>;
} {
  const { SMTP_URL, SMTP_FROM } = input.environment;
  const mailbox = createMailboxCourier(input);
  if (!SMTP_URL) return { courier: mailbox, mailbox: () => mailbox.list() };
  if (!SMTP_FROM)
    throw new Problem('no_sender', 500, 'SMTP_URL is set but SMTP_FROM is not. Set SMTP_FROM to the address that mails come from.');
  const url = parse(SMTP_URL);
  const secure = url.protocol === 'smtps:';
  const login = url.username ? { login: { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } } : {};
  const courier = createSmtpCourier({
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    from: SMTP_FROM,
    ...login,
  });
  return { courier, mailbox: () => mailbox.list() };
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new Problem('bad_smtp_url', 500, 'SMTP_URL is not an address such as smtp://user:password@mail.example.com:587.');
  }
}
