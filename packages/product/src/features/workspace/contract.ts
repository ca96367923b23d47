import { z } from 'zod';

/** `GET /api/session` */
export const sessionAnswer = z.object({
  user: z.object({ email: z.string(), name: z.string() }),
  workspace: z.object({ id: z.string(), name: z.string(), timezone: z.string() }),
  environments: z.array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['production', 'demo', 'test']), writeKey: z.string() })),
  /** The demo application, when it runs beside us. */
  demo: z.string().nullable(),
  /** Whether mail leaves by SMTP; otherwise it is kept in the mailbox page. */
  mail: z.enum(['smtp', 'mailbox']),
});
/** `POST /api/sign-in/request`: the same answer whether or not the address is known. */
export const signInRequest = z.strictObject({
  email: z
    .string()
    .max(254)
    .regex(/^[^\s@]+@[^\s@]+$/, 'an e-mail address'),
});
/** `POST /api/sign-in/consume` */
export const consumeRequest = z.strictObject({ token: z.string().min(20).max(200) });
/** `GET /api/mailbox` */
export const mailboxAnswer = z.object({
  messages: z.array(z.object({ id: z.string(), to: z.string(), subject: z.string(), text: z.string(), at: z.number() })),
});
/** `GET /keys`, `POST /keys` (`secret` is in the answer once and never again), `DELETE /keys/:id` */
export const keyRow = z.object({
  id: z.string(),
  kind: z.enum(['public', 'secret']),
  label: z.string(),
  prefix: z.string(),
  createdAt: z.number(),
  revokedAt: z.number().nullable(),
});
export const keysAnswer = z.object({ keys: z.array(keyRow) });
export const createKeyRequest = z.strictObject({ label: z.string().trim().min(1).max(80) });
export const createKeyAnswer = z.object({ key: keyRow, secret: z.string() });

/** An error, as every route answers it (`application/problem+json`). */
export const problemAnswer = z.object({
  code: z.string(),
  status: z.number(),
  message: z.string(),
  requestId: z.string(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;
export type Mailbox = z.infer<typeof mailboxAnswer>;
export type KeyRow = z.infer<typeof keyRow>;
