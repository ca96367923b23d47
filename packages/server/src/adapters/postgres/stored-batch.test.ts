import type { Entry } from '@gangway/product/kernel/entry.ts';
import { canonical, type Json } from '@gangway/product/kernel/json.ts';
import {
  type Arbitrary,
  array,
  assert,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  oneof,
  option,
  property,
  record,
  string,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBatch, writeBatch } from './stored-batch.ts';

const at = 1_700_000_000_500;
/** What JSON makes of entries, and so what every version of the log has given back. */
const throughJson = (entries: readonly unknown[]) => (JSON.parse(JSON.stringify(entries)) as object[]).map((entry) => ({ ...entry, at }));
const alike = (one: unknown) => canonical(one as Json);

const member = oneof(string({ maxLength: 6 }), constantFrom('__proto__', 'id', 'constructor', 'toString', '0'));
const values = dictionary(member, jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
// Few, and made anew each time, so that neighbours have the same without its being one object.
const contexts = constantFrom(
  '{}',
  '{"a":1,"b":{"c":[1,{}]}}',
  '{"b":{"c":[1,{}]},"a":1}',
  '{"a":1,"b":{"c":[1,[]]}}',
  '{"__proto__":{"a":1}}',
).map((text) => JSON.parse(text) as unknown);
const name = string({ maxLength: 3 });
const missing = <T>(one: Arbitrary<T>) => option(one, { nil: undefined });

const required = {
  type: constantFrom('track', 'identify'),
  messageId: string({ maxLength: 4 }),
  time: oneof(integer({ min: 1_700_000_000_000, max: 1_700_000_000_009 }), integer()),
  receivedAt: constantFrom(1_700_000_000_000, 1_700_000_000_001),
  level: constantFrom('claimed', 'server'),
};
const optional = {
  userId: missing(name),
  event: missing(name),
  properties: missing(values),
  context: missing(contexts),
  integrations: missing(contexts),
  traits: missing(values),
  anonymousId: missing(name),
  groupId: missing(name),
  previousId: missing(name),
  claimedTime: missing(integer()),
  unproven: missing(constantFrom(true)),
  doubt: missing(constantFrom('expired', 'malformed')),
};
const optionalNames = Object.keys(optional) as (keyof typeof optional)[];
/** Members that are not there; as undefined now and then. */
const usualEvent = oneof(
  { weight: 9, arbitrary: record({ ...required, ...optional }).map((event) => JSON.parse(JSON.stringify(event)) as typeof event) },
  record({ ...required, ...optional }, { requiredKeys: ['type', 'messageId', 'time', 'receivedAt', 'level'] }),
);
/** With one member wrong, or of another version. */
const oddEvent = record({
  event: usualEvent,
  odd: oneof(
    record({ member: constantFrom(...optionalNames, 'level', 'time', 'receivedAt'), value: constantFrom(undefined, null) }),
    record({ member: constantFrom('time', 'receivedAt'), value: constantFrom(0.5, 2 ** 60, 1e300, Number.MIN_SAFE_INTEGER) }),
    record({ member: constantFrom('later', 'at'), value: jsonValue({ maxDepth: 1 }) }),
  ),
}).map(({ event, odd }) => ({ ...event, [odd.member]: odd.value }));
const clientEvent = oneof({ weight: 9, arbitrary: usualEvent }, { weight: 1, arbitrary: oddEvent });

const rarely = (usual: Arbitrary<object>, odd: Arbitrary<object>) => oneof({ weight: 20, arbitrary: usual }, odd);
const regular: Arbitrary<object> = record({
  scope: record({ workspace: constantFrom('w', 'w', 'v'), environment: constantFrom('e', 'e', 'f') }),
  origin: constantFrom('source', 'derived'),
  depth: constantFrom(0, 0, 0, 1),
  body: rarely(
    record({ what: constantFrom('event'), event: clientEvent }),
    oneof(
      record({ what: constantFrom('event'), event: clientEvent, later: jsonValue({ maxDepth: 0 }) }),
      record({ what: constantFrom('erase'), people: array(name, { maxLength: 2 }) }),
    ),
  ),
}).map((made) => {
  const { event } = made.body as { event?: { messageId: string } };
  return { id: event ? `event:${event.messageId}` : 'other', ...made };
});
const entry = rarely(
  regular,
  oneof(
    record({ made: regular, id: string({ maxLength: 4 }) }).map(({ made, id }) => ({ ...made, id })),
    record({ made: regular, cause: constantFrom(undefined, 'c', null) }).map(({ made, cause }) => ({ ...made, cause })),
    record({ made: regular, depth: constantFrom(undefined, null), later: jsonValue({ maxDepth: 0 }) }).map(({ made, ...odd }) => ({
      ...made,
      ...odd,
    })),
  ),
).map((made) => made as unknown as Entry);

/** Now and then an entry is followed by others that are like it but for their ids. */
const batch = array(record({ made: entry, ids: array(name, { maxLength: 2 }) }), { maxLength: 6 }).map((parts) =>
  parts.flatMap(({ made, ids }) => [made, ...ids.map((id) => anotherLike(made, id))]),
);

function anotherLike(made: Entry, messageId: string): Entry {
  const { body, ...copy } = JSON.parse(JSON.stringify(made)) as Entry;
  return body.what === 'event' ? { ...copy, id: `event:${messageId}`, body: { ...body, event: { ...body.event, messageId } } } : made;
}

const clientEntry = (part: object = {}): Entry => ({
  id: 'event:m1',
  scope: { workspace: 'w', environment: 'e' },
  origin: 'source',
  depth: 0,
  body: {
    what: 'event',
    event: {
      type: 'track',
      messageId: 'm1',
      time: 1_700_000_000_000,
      receivedAt: 1_700_000_000_007,
      level: 'claimed',
      userId: 'nora',
      event: 'Board Created',
      properties: { colour: 'blue' },
      context: { library: { name: 'test', version: '1' } },
      ...part,
    },
  },
});

describe('a batch as text', () => {
  test('comes out as it went in, whatever is in it', () => {
    assert(
      property(batch, (entries) => {
        const found = readBatch(writeBatch(entries), at);
        expect(alike(found)).toBe(alike(throughJson(entries)));
      }),
      { numRuns: 1_500 },
    );
  });

  test('says once what neighbours have in common, and gives it back as one object', () => {
    const entries = ['a', 'b', 'c'].map((id) => ({ ...clientEntry({ messageId: id }), id: `event:${id}` }));
    const text = writeBatch(entries);
    expect(text).toBe(
      '[{"scope":{"workspace":"w","environment":"e"},"origin":"source","depth":0,"level":"claimed","receivedAt":1700000000007,' +
        '"context":{"library":{"name":"test","version":"1"}},"integrations":null,"unproven":null,"doubt":null},' +
        '["a",-7,"track","nora","Board Created",{"colour":"blue"}],' +
        '["b",-7,"track","nora","Board Created",{"colour":"blue"}],' +
        '["c",-7,"track","nora","Board Created",{"colour":"blue"}]]',
    );
    const found = readBatch(text, at);
    expect(found).toEqual(throughJson(entries));
    expect(new Set(found.map(({ scope }) => scope)).size).toBe(1);
  });

  test('of what changes says that alone', () => {
    const entries = [
      clientEntry(),
      clientEntry({ context: undefined, traits: { plan: 'pro' } }),
      clientEntry({ level: 'server', doubt: 'expired' }),
    ];
    // What is absent is no member.
    const given = throughJson(entries).map(({ at: _, ...each }) => each) as unknown as Entry[];
    const elements = JSON.parse(writeBatch(given)) as unknown[];
    expect(elements.slice(2)).toEqual([
      { context: null },
      ['m1', -7, 'track', 'nora', 'Board Created', { colour: 'blue' }, { traits: { plan: 'pro' } }],
      { level: 'server', context: { library: { name: 'test', version: '1' } }, doubt: 'expired' },
      ['m1', -7, 'track', 'nora', 'Board Created', { colour: 'blue' }],
    ]);
    expect(readBatch(writeBatch(given), at)).toEqual(throughJson(given));
  });

  test('keeps as it is what a row would not say', () => {
    const odd = [
      { ...clientEntry(), id: 'other' },
      { ...clientEntry(), cause: 'c' },
      clientEntry({ userId: null }),
      clientEntry({ later: 1 }),
      clientEntry({ time: 0.5 }),
      { ...clientEntry(), depth: undefined, later: 1 },
    ] as Entry[];
    for (const one of odd) expect(JSON.parse(writeBatch([one]))).toEqual(JSON.parse(JSON.stringify([one])));
  });

  test('as versions before this one wrote it, a list of entries, is read', () => {
    const stored =
      '[{"id":"event:m1","scope":{"workspace":"w","environment":"e"},"origin":"source","depth":0,"body":{"what":"event","event":' +
      '{"type":"track","messageId":"m1","time":1700000000000,"receivedAt":1700000000007,"level":"claimed","userId":"nora",' +
      '"event":"Board Created","properties":{"colour":"blue"},"context":{"library":{"name":"test","version":"1"}}}}},' +
      '{"id":"copy-1","scope":{"workspace":"w","environment":"e"},"origin":"derived","cause":"event:m1","depth":1,' +
      '"body":{"what":"copy","account":"acme","person":"p_1","milestone":"first","at":1700000000000}}]';
    expect(readBatch(stored, at)).toEqual([
      { ...clientEntry(), at },
      {
        ...{ id: 'copy-1', scope: { workspace: 'w', environment: 'e' }, origin: 'derived', cause: 'event:m1', depth: 1, at },
        body: { what: 'copy', account: 'acme', person: 'p_1', milestone: 'first', at: 1_700_000_000_000 },
      },
    ]);
  });
});
