import type {
  ExplainAnswer,
  FailedEvent,
  IngestionAnswer,
  KeyRow,
  PersonAnswer,
  PersonRow,
  SessionAnswer,
  TimelineEvent,
  VarietyAnswer,
} from '../../kit/api/answers.ts';

const hour = 3_600_000;
const day = 24 * hour;
export const longName = 'Maximiliane-Charlotte von Hohenzollern-Sigmaringen zu Bergen';

/** A workspace with an empty production, a demo of 14 people, 10,000 in staging, and one whose server fails. */
export const session: SessionAnswer = {
  user: { email: 'ada@example.com', name: 'Ada Lovelace' },
  workspace: { id: 'w1', name: 'Corkboard', timezone: 'UTC' },
  environments: [
    { id: 'production', name: 'Production', kind: 'production', writeKey: 'write-production' },
    { id: 'demo', name: 'Demo', kind: 'demo', writeKey: 'write-demo' },
    { id: 'staging', name: 'Staging', kind: 'test', writeKey: 'write-staging' },
    { id: 'broken', name: 'Broken', kind: 'test', writeKey: 'write-broken' },
  ],
  demo: null,
  mail: 'mailbox',
};

/** Person number `index`; every seventh is anonymous, one has a name of 60 characters. */
export function makePerson(index: number, now: number): PersonRow {
  const anonymous = index % 7 === 6;
  const name = index === 3 ? longName : `Person ${index}`;
  return {
    id: `p${index}`,
    userId: anonymous ? null : `user-${index}`,
    name: anonymous ? null : name,
    email: anonymous ? null : `person.${index}@example.com`,
    level: anonymous ? 'anonymous' : index % 2 === 0 ? 'claimed' : 'verified',
    accounts: anonymous ? [] : [{ id: 'acme', name: 'Acme' }],
    milestones: index % 3,
    firstSeen: now - (index + 1) * hour,
    lastSeen: now - index * 60_000,
  };
}

export function makePersonAnswer(row: PersonRow): PersonAnswer {
  return {
    ...row,
    traits: { plan: 'team', seats: 12, company: { name: 'Acme' } },
    identities: [{ kind: 'anonymous', value: '0f1d6a52-6c1b-4b5e-9f5b-2f0d3a1e7c11' }],
    events: [{ name: 'Board Created', count: 3, first: row.firstSeen, last: row.lastSeen }],
    reached: [{ milestone: 'first-board', name: 'First board created', at: row.lastSeen }],
  };
}

export function makeEvent(id: string, name: string, time: number): TimelineEvent {
  return { id, type: 'track', name, person: 'p0', personLabel: 'Person 0', account: 'acme', time, properties: { boardId: 'b1' } };
}

export function makeIngestion(events: number): IngestionAnswer {
  return {
    offered: events,
    acknowledged: events,
    applied: events,
    deduplicated: 0,
    rejected: 0,
    quarantined: 0,
    conflicts: 0,
    waiting: 0,
    turnedAway: { key: 0, person: 0, address: 0, busy: 0 },
    balanced: true,
  };
}

export const variety: VarietyAnswer = {
  caps: { eventNames: 2000, propertiesPerEvent: 500, people: 5_000_000 },
  used: { eventNames: 2000, people: 14, properties: { event: 'Board Created', keys: 12 } },
  capped: [
    { kind: 'event', of: '', word: '', count: 900, firstAt: 0, lastAt: 1 },
    { kind: 'event', of: '', word: 'Order 4711 Shipped', count: 3, firstAt: 0, lastAt: 1 },
  ],
};

export function makeKey(label: string, now: number): KeyRow {
  return { id: `key-${label}`, kind: 'secret', label, prefix: 'gws_1234', createdAt: now - day, revokedAt: null };
}

export const refused: FailedEvent = {
  stage: 'accept',
  id: 'f1',
  reason: 'A track call needs an event name.',
  path: 'batch[3].event',
  receivedAt: 0,
  body: { type: 'track' },
};

export const explanation: ExplainAnswer = {
  verdict: 'not_in_audience',
  headline: 'Person 0 is not in the audience: “Teammate Invited” was counted 3 times.',
  conditions: [
    { depth: 0, text: 'All of these', answer: 'no', found: null },
    { depth: 1, text: 'plan is “team”', answer: 'yes', found: 'plan = “team”' },
    { depth: 1, text: 'the page is /boards/**', answer: 'unknown', found: 'known only in the page' },
  ],
  history: [],
  until: null,
  version: 2,
};
