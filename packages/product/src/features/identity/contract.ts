import { z } from 'zod';
import { givenId } from '../../wire/text.ts';

const instant = z.number();

/** How an identity token is signed. A key is for one of them. */
export const tokenAlgorithm = z.enum(['HS256', 'ES256', 'EdDSA', 'RS256']);
export const identityMode = z.enum(['open', 'required']);

export const identityKey = z.object({
  /** The `kid` of tokens. */
  id: z.string(),
  label: z.string(),
  algorithm: tokenAlgorithm,
  createdAt: instant,
  createdBy: z.string(),
  revokedAt: instant.nullable(),
});

/** What the last seven days would have been with proof required. */
export const identityCoverage = z.object({
  from: instant,
  to: instant,
  /** Events from pages that named a user: with a valid token, and all of them. */
  events: z.object({ proved: z.number(), all: z.number() }),
  /** People whom such events named: those of whom every one was proved, and all of them. */
  people: z.object({ proved: z.number(), all: z.number() }),
  /** Events of your servers (secret key): proved by the key. */
  serverEvents: z.number(),
  /** Tokens that proved nothing, by what was wrong; taken as a claim (open) or refused (required). */
  faults: z.array(z.object({ fault: z.string(), message: z.string(), taken: z.number(), refused: z.number() })),
});

/** `GET /identity` */
export const identityAnswer = z.object({
  mode: identityMode,
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
  keys: z.array(identityKey),
  coverage: identityCoverage,
});
/** `PUT /identity/mode` */
export const modeRequest = z.strictObject({ mode: identityMode });
/** `POST /identity/keys`: without `publicKey` a shared secret is made (HS256), and is in this answer only. */
export const newIdentityKeyRequest = z.strictObject({
  label: z.string().trim().min(1).max(80),
  /** PEM of a public key: P-256, Ed25519, or RSA of 2,048 bits and more. */
  publicKey: z.string().trim().max(4000).optional(),
});
export const newIdentityKeyAnswer = z.object({ key: identityKey, secret: z.string().nullable() });
/** `DELETE /identity/keys/:id` */
export const revokedIdentityKeyAnswer = z.object({ key: identityKey });

/** A person as they were before a merge. */
export const personBefore = z.object({
  id: z.string(),
  label: z.string(),
  links: z.array(z.object({ kind: z.enum(['user', 'anonymous', 'claimed']), value: z.string() })),
  events: z.number(),
  firstSeen: instant,
  lastSeen: instant,
  traits: z.record(z.string(), z.unknown()),
  accounts: z.array(z.string()),
  /** Id and name of each milestone. */
  milestones: z.array(z.object({ id: z.string(), name: z.string() })),
  /** `slice/definition` of every content, survey or journey with a state of this person. */
  states: z.array(z.string()),
});
/** `GET /people/:id/merges`: newest first. `before` is null where nothing was merged. */
export const mergeAnswer = z.object({
  id: z.string(),
  at: instant,
  outcome: z.enum(['merged', 'refused']),
  call: z.string(),
  actor: z.string(),
  person: z.object({ id: z.string(), label: z.string() }),
  other: z.object({ id: z.string(), label: z.string() }),
  before: z.object({ other: personBefore, person: personBefore }).nullable(),
  /** Events of the one person that came after the merge, as of now; null when the person has been merged further since. */
  eventsSince: z.number().nullable(),
});
export const mergesAnswer = z.object({ merges: z.array(mergeAnswer) });
/** `POST /people/:id/merge`: this person becomes `into`. */
export const mergePeopleRequest = z.strictObject({ into: z.string().min(1).max(100) });
/** `POST /v1/merge`, for a back end: the user `previousId` becomes `userId`. */
export const mergeUsersRequest = z.strictObject({
  /** A secret key. */
  writeKey: z.string().max(200),
  previousId: givenId,
  userId: givenId,
});
/** `id` is the person who is left. */
export const mergedAnswer = z.object({ id: z.string() });

/** What a deletion has removed. */
export const erasureResult = z.object({
  /** Entries of the event log that were theirs. */
  entries: z.number(),
  failed: z.number(),
  messages: z.number(),
  /** What people wrote and what still names one of their addresses. */
  mentions: z.array(z.object({ slice: z.string(), id: z.string() })),
});
/** `GET /erasures`, newest first; `POST /people/:id/erase` answers one of them. */
export const erasureAnswer = z.object({
  id: z.string(),
  person: z.string(),
  state: z.enum(['closing', 'working', 'done']),
  step: z.string(),
  progress: z.number(),
  total: z.number(),
  requestedAt: instant,
  requestedBy: z.string(),
  finishedAt: instant.nullable(),
  result: erasureResult.nullable(),
  error: z.string().nullable(),
  /** Events of their ids that came afterwards and were refused. */
  late: z.number(),
});
export const erasuresAnswer = z.object({ erasures: z.array(erasureAnswer) });
/** `confirm` is how the person is called on the screen: nobody deletes by a slip. */
export const eraseRequest = z.strictObject({ confirm: z.string().max(600) });

export type TokenAlgorithm = z.infer<typeof tokenAlgorithm>;
export type IdentityKey = z.infer<typeof identityKey>;
export type IdentityCoverage = z.infer<typeof identityCoverage>;
export type IdentityAnswer = z.infer<typeof identityAnswer>;
export type MergeAnswer = z.infer<typeof mergeAnswer>;
export type MergesAnswer = z.infer<typeof mergesAnswer>;
export type PersonBeforeAnswer = z.infer<typeof personBefore>;
export type ErasureResult = z.infer<typeof erasureResult>;
export type ErasureAnswer = z.infer<typeof erasureAnswer>;
export type ErasuresAnswer = z.infer<typeof erasuresAnswer>;
