import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../kernel/effect.ts';
import type { Courier } from './courier.ts';

/** A courier and what its receivers got, in the order of arrival, once per id. */
export interface CourierUnderTest {
  readonly courier: Courier;
  received(): Promise<readonly (Message & { readonly id: string })[]>;
  close(): Promise<void>;
}

const accepted: readonly [string, Partial<Message>][] = [
  ['plain', {}],
  ['unicode', { subject: 'Grüße 日本語 🚪', text: 'Zürich\n日本語 🚪' }],
  ['empty subject and text', { subject: '', text: '' }],
  ['lines that look like the protocol', { text: 'one\n.\n..two\nQUIT\nRCPT TO:<x@example.com>\nend' }],
  ['long lines', { text: `${'long '.repeat(400)}\nend` }],
  ['a subject that looks like a header', { subject: 'Bcc: x@example.com' }],
  ['markup stays text', { text: '<script>alert(1)</script> & "quotes"' }],
  ['an address with a plus', { to: "o'neil+tag_1@mail.example.com" }],
];

const refused: readonly [string, Partial<Message>][] = [
  ['two addresses', { to: 'a@example.com, b@example.com' }],
  ['a name and an address', { to: 'Ann <ann@example.com>' }],
  ['a line end in the address', { to: 'ann@example.com\r\nBcc: b@example.com' }],
  ['no address', { to: '' }],
  ['no domain', { to: 'ann@' }],
  ['a line end in the subject', { subject: 'Hello\r\nBcc: b@example.com' }],
  ['NUL in the subject', { subject: 'a\u0000b' }],
  ['a subject without end', { subject: 'x'.repeat(301) }],
];

/** The behaviour of every {@link Courier}. */
export function describeCourierContract(name: string, create: () => Promise<CourierUnderTest>): void {
  describe(`courier: ${name}`, () => {
    let made: CourierUnderTest;
    beforeAll(async () => {
      made = await create();
    });
    afterAll(async () => {
      await made?.courier.close();
      await made?.close();
    });
    const message: Message = { to: 'ann@example.com', subject: 'Welcome', text: 'Hello Ann.' };
    const received = async (id: string) => (await made.received()).filter((one) => one.id === id);

    test.each(accepted)('what is sent arrives: %s', async (title, part) => {
      const id = `send:${title}`;
      expect(await made.courier.send(id, { ...message, ...part })).toEqual({ outcome: 'accepted' });
      expect(await received(id)).toEqual([{ id, ...message, ...part }]);
    });

    test.each(refused)('refused for good, nothing sent: %s', async (title, part) => {
      const id = `refused:${title}`;
      expect(await made.courier.send(id, { ...message, ...part })).toEqual({
        outcome: 'refused',
        reason: expect.any(String),
        retry: false,
      });
      expect(await received(id)).toEqual([]);
    });

    test('the second copy of an id is the same message to the receiver', async () => {
      await made.courier.send('twice', message);
      expect(await made.courier.send('twice', message)).toEqual({ outcome: 'accepted' });
      expect(await received('twice')).toHaveLength(1);
    });

    test('messages at the same time all arrive', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `many-${index}`);
      await Promise.all(ids.map((id) => made.courier.send(id, { ...message, subject: id })));
      const arrived = (await made.received()).filter((one) => ids.includes(one.id));
      expect(arrived.map((one) => one.subject).sort()).toEqual([...ids].sort());
    });
  });
}
