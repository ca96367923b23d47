import { describeCourierContract } from '@gangway/product/ports/courier/courier.contract.ts';
import { afterEach, expect, test } from 'vitest';
import { createSmtpCourier, messageIdOf, type SmtpOptions } from './smtp-courier.ts';
import { headerOf, type SmtpStub, startSmtpStub, textOf } from './testing/smtp-stub.ts';

const from = 'Gangway <hello@gangway.example>';
const message = { to: 'ann@example.com', subject: 'Welcome', text: 'Hello.' };

describeCourierContract('SMTP', async () => {
  const stub = await startSmtpStub();
  const smtp = createSmtpCourier({ host: '127.0.0.1', port: stub.port, secure: false, from });
  const ids = new Map<string, string>();
  const courier: typeof smtp = {
    ...smtp,
    send(id, one) {
      ids.set(messageIdOf(id, from), id);
      return smtp.send(id, one);
    },
  };
  // A receiver that drops the second copy by its Message-ID.
  const received = async () => {
    const mails = new Map(stub.taken.map((mail) => [headerOf(mail.raw, 'Message-ID'), mail]));
    return [...mails].map(([messageId, mail]) => ({
      id: ids.get(messageId) ?? '',
      to: mail.to.join(),
      subject: headerOf(mail.raw, 'Subject'),
      text: textOf(mail.raw),
    }));
  };
  return { courier, received, close: () => stub.close() };
});

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});
async function start(
  answer: Parameters<typeof startSmtpStub>[0],
  part: Partial<SmtpOptions> = {},
): Promise<{ stub: SmtpStub; courier: ReturnType<typeof createSmtpCourier> }> {
  const stub = await startSmtpStub(answer);
  const courier = createSmtpCourier({ host: '127.0.0.1', port: stub.port, secure: false, from, timeout: 500, ...part });
  cleanUps.push(
    () => stub.close(),
    () => courier.close(),
  );
  return { stub, courier };
}

test.each<[string, string, string, boolean]>([
  ['the recipient does not exist', 'RCPT', '550 no such mailbox', false],
  ['the mailbox is full', 'RCPT', '452 mailbox full', true],
  ['the sender is refused', 'MAIL', '553 not you', false],
  ['the server is busy', 'MAIL', '421 come back later', true],
  ['the content is refused', '.', '554 looks like spam', false],
  ['grey listing at the end', '.', '451 try again', true],
  ['the login is wrong', 'AUTH', '535 who are you', true],
  ['not in service', 'GREETING', '421 not now', true],
])('%s: another try can help? as the answer says', async (_, command, text, retry) => {
  const { stub, courier } = await start((given) => (given === command ? text : undefined), {
    login: { user: 'u', password: 'p' },
    requireTls: false,
  });
  const delivery = await courier.send('x', message);
  expect(delivery).toEqual({ outcome: 'refused', reason: expect.stringContaining(text.slice(4)), retry });
  expect(stub.taken).toEqual([]);
});

test.each(['GREETING', 'EHLO', 'RCPT', '.'])('a server that falls silent at %s is given up, to be tried again', async (command) => {
  const { courier } = await start((given) => (given === command ? null : undefined));
  expect(await courier.send('x', message)).toMatchObject({ outcome: 'refused', retry: true });
});

test('a password is not sent to a server that offers no TLS', async () => {
  const heard: string[] = [];
  const { courier } = await start((command) => void heard.push(command), { login: { user: 'u', password: 'p' } });
  expect(await courier.send('x', message)).toMatchObject({ outcome: 'refused', retry: true });
  expect(heard).not.toContain('AUTH');
});

test('nobody listens: to be tried again', async () => {
  const { stub, courier } = await start(undefined);
  await stub.close();
  cleanUps.shift();
  expect(await courier.send('x', message)).toMatchObject({ outcome: 'refused', retry: true });
});

test('the Message-ID is stable over tries and couriers, in the domain of the sender', async () => {
  const { stub, courier } = await start(undefined);
  const other = await start(undefined);
  await courier.send('effect:1', message);
  await other.courier.send('effect:1', message);
  await courier.send('effect:2', message);
  const [first, second] = stub.taken.map((mail) => headerOf(mail.raw, 'Message-ID'));
  expect(first).toMatch(/^<[0-9a-f]{40}@gangway\.example>$/);
  expect(headerOf(other.stub.taken[0]?.raw ?? '', 'Message-ID')).toBe(first);
  expect(second).not.toBe(first);
});

test('a text that names a file or an address stays a text', async () => {
  const { stub, courier } = await start(undefined);
  await courier.send('x', { ...message, text: 'file:///etc/passwd http://127.0.0.1/', subject: '/etc/passwd' });
  expect(textOf(stub.taken[0]?.raw ?? '')).toBe('file:///etc/passwd http://127.0.0.1/');
  expect(headerOf(stub.taken[0]?.raw ?? '', 'Auto-Submitted')).toBe('auto-generated');
});
