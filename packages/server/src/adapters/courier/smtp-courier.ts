import { createHash } from 'node:crypto';
import { type Courier, complaintAbout, type Delivery } from '@gangway/product/ports/courier/courier.ts';
import { createTransport } from 'nodemailer';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465). Without it STARTTLS is used where the server offers it. */
  readonly secure: boolean;
  readonly login?: { readonly user: string; readonly password: string };
  /** Refuses to talk without TLS; when absent, true as soon as there is a password to protect. */
  readonly requireTls?: boolean;
  /** The sender: `Gangway <hello@example.com>` or the address alone. */
  readonly from: string;
  /** Milliseconds until a silent server counts as unreachable; 20 s when absent. */
  readonly timeout?: number;
}

/** Sends mail through one SMTP server. What the message says cannot make it read files or fetch addresses. */
export function createSmtpCourier(options: SmtpOptions): Courier {
  const timeout = options.timeout ?? 20_000;
  const transport = createTransport({
    host: options.host,
    port: options.port,
    secure: options.secure,
    ...(options.login && { auth: { user: options.login.user, pass: options.login.password } }),
    requireTLS: options.requireTls ?? options.login !== undefined,
    pool: true,
    maxConnections: 3,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    async send(id, message) {
      const reason = complaintAbout(message);
      if (reason) return { outcome: 'refused', reason, retry: false };
      try {
        await transport.sendMail({
          from: options.from,
          to: message.to,
          subject: message.subject,
          text: message.text,
          textEncoding: 'quoted-printable',
          messageId: messageIdOf(id, options.from),
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { outcome: 'accepted' };
      } catch (error) {
        return refusalOf(error);
      }
    },
    close: async () => transport.close(),
  };
}

/** The Message-ID of a message: the same for every try, so that a receiver can drop the second copy. */
export function messageIdOf(id: string, from: string): string {
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1] ?? 'localhost';
  return `<${createHash('sha256').update(id).digest('hex').slice(0, 40)}@${domain}>`;
}

/**
 * A 5xx answer is about the message and is final. A 4xx answer, a connection that failed, or a login that was
 * refused is not the message's fault: it waits until that is mended.
 */
function refusalOf(error: unknown): Delivery {
  const { message, code, responseCode } = error as Error & { code?: string; responseCode?: number };
  const final =
    code !== 'EAUTH' && (code === 'EENVELOPE' || code === 'EMESSAGE' || responseCode !== undefined) && (responseCode ?? 550) >= 500;
  return { outcome: 'refused', reason: message.slice(0, 500), retry: !final };
}
