import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { IdentityAnswer, IdentityKey } from '@gangway/product/features/identity/contract.ts';
import type { FailedAnswer, PersonAnswer, PersonRow } from '@gangway/product/features/people/contract.ts';
import type { Manifest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeToken, signToken, signTokenWith } from '../testing/sign-token.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { publishBody, tourOf } from '../testing/test-content.ts';
import { addWorkspace } from '../testing/test-workspace.ts';

/** The manifest and the identify call where proof is required: the attacks of a page that lies, one test each. */
let server: TestServer;
let base: string;
let secret: string;
let key: IdentityKey;
const hour = 3600;

beforeAll(async () => {
  server = await startTestServer({ run: false });
  base = `/api/e/${server.environment.id}`;
  ({ secret, key } = await makeKey());
  await identify('ada', {
    token: token({ sub: 'ada' }),
    traits: { name: 'Ada', email: 'ada@acme.example', plan: 'pro' },
    anonymousId: 'laptop',
  });
  await server.as(undefined).post('/v1/group', { userId: 'ada', groupId: 'acme', traits: { name: 'Acme' } }, basic(await secretKey()));
  await server.settle();
  await publishBody(server, { slice: 'guides', id: 'for-pro' }, tourOf({ type: 'trait', name: 'plan', operator: 'equals', value: 'pro' }));
  await publishBody(server, { slice: 'guides', id: 'for-all' }, tourOf({ type: 'all', of: [] }));
  await setMode('required');
});
afterAll(() => server.stop());

async function makeKey(body: object = {}): Promise<{ key: IdentityKey; secret: string }> {
  const { body: made } = await server.owner.post<{ key: IdentityKey; secret: string }>(`${base}/identity/keys`, {
    label: 'Back end',
    ...body,
  });
  return made;
}
const setMode = (mode: string) => server.owner.send('PUT', `${base}/identity/mode`, { body: { mode } });
const now = () => Math.floor(server.clock.now() / 1000);
const secretKey = async () => (await server.owner.post<{ secret: string }>(`${base}/keys`, { label: newId() })).body.secret;

/** Valid unless changed. */
function claimsOf(changes: object = {}): object {
  return { sub: 'ada', aud: server.environment.id, iat: now(), exp: now() + hour, ...changes };
}
const token = (changes: object = {}, header: object = {}) => signToken(claimsOf(changes), secret, header);

async function call(name: string, event: Record<string, unknown>) {
  const answer = await server.as(undefined).post<{ code?: string }>(`/v1/${name}`, event, basic(server.environment.writeKey));
  await server.settle();
  return answer;
}
function identify(userId: string, { token: proof, ...more }: Record<string, unknown> = {}) {
  return call('identify', { userId, messageId: newId(), ...more, ...(proof === undefined ? {} : { context: { gangwayToken: proof } }) });
}
const manifest = (asked: object) =>
  server.as(undefined).post<SignedManifest & { code?: string }>('/v1/manifest', { writeKey: server.environment.writeKey, ...asked });

async function people(search: string): Promise<PersonRow[]> {
  return (await server.owner.get<{ people: PersonRow[] }>(`${base}/people?search=${search}`)).body.people;
}
async function ada(): Promise<PersonAnswer> {
  const row = (await people('ada')).find(({ userId }) => userId === 'ada');
  const { lastSeen: _, ...person } = (await server.owner.get<PersonAnswer>(`${base}/people/${row?.id}`)).body;
  return person as PersonAnswer;
}

/** The attack is answered 401 with its code, on the event and on the manifest, and Ada is who she was. */
async function expectRefused(forged: string, fault: string): Promise<void> {
  const before = await ada();
  const sent = await identify('ada', { token: forged, traits: { name: 'Mallory' }, anonymousId: newId() });
  expect([sent.status, sent.body.code]).toEqual([401, `identity_token_${fault}`]);
  const asked = await manifest({ anonymousId: newId(), userId: 'ada', token: forged });
  expect([asked.status, asked.body.code]).toEqual([401, `identity_token_${fault}`]);
  expect(await ada()).toEqual(before);
}

describe('12: a token that lies changes nobody', () => {
  it('12: alg none', async () => {
    await expectRefused(forgeToken({ alg: 'none' }, claimsOf()), 'wrong_algorithm');
    await expectRefused(forgeToken({ alg: 'none', kid: key.id }, claimsOf()), 'wrong_algorithm');
  });

  it('12: the public key used as a shared secret (HS/RS confusion)', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const { key: rsa } = await makeKey({ publicKey: pem });
    expect(rsa.algorithm).toBe('RS256');
    const proper = signTokenWith(pair.privateKey, claimsOf(), { alg: 'RS256', kid: rsa.id });
    expect((await identify('ada', { token: proper })).status).toBe(200);
    await expectRefused(signToken(claimsOf(), pem, { kid: rsa.id }), 'wrong_algorithm');
    await expectRefused(signToken(claimsOf(), pem.trim()), 'wrong_signature');
    await server.owner.send('DELETE', `${base}/identity/keys/${rsa.id}`);
    await expectRefused(proper, 'unknown_key');
  });

  it('12: a wrong key', async () => {
    await expectRefused(signToken(claimsOf(), 'another secret'), 'wrong_signature');
    await expectRefused(signToken(claimsOf(), ''), 'wrong_signature');
    const [head, , signature] = token().split('.');
    const body = Buffer.from(JSON.stringify(claimsOf({ exp: now() + 2 * hour }))).toString('base64url');
    await expectRefused(`${head}.${body}.${signature}`, 'wrong_signature');
  });

  it('12: expired, with 60 seconds for clocks that differ', async () => {
    await expectRefused(token({ iat: now() - hour, exp: now() - 61 }), 'expired');
    expect((await identify('ada', { token: token({ iat: now() - hour, exp: now() - 50 }) })).status).toBe(200);
  });

  it('12: not valid yet', async () => {
    await expectRefused(token({ nbf: now() + 120 }), 'not_yet_valid');
    await expectRefused(token({ iat: now() + 120 }), 'not_yet_valid');
    expect((await identify('ada', { token: token({ nbf: now() + 50 }) })).status).toBe(200);
  });

  it('12: for another workspace or environment', async () => {
    const other = await addWorkspace(server.services, newId());
    await expectRefused(token({ aud: other.scope.environment }), 'wrong_audience');
    await expectRefused(token({ aud: undefined }), 'wrong_audience');
    await expectRefused(token({ aud: [other.scope.environment] }), 'wrong_audience');
    expect((await identify('ada', { token: token({ aud: ['api', server.environment.id] }) })).status).toBe(200);
  });

  it('12: without an end, or with one too far away', async () => {
    await expectRefused(token({ exp: undefined }), 'no_expiry');
    await expectRefused(token({ exp: String(now() + hour) }), 'no_expiry');
    await expectRefused(token({ exp: now() + 25 * hour }), 'lives_too_long');
    await expectRefused(token({ iat: undefined, exp: now() + 25 * hour }), 'lives_too_long');
    await expectRefused(token({ iat: now() - 40 * hour, exp: now() + hour }), 'lives_too_long');
  });

  it('12: a kid that is a path, an injection, another type, or of nobody', async () => {
    for (const kid of ['../../../../dev/null', "' or 1=1 --", '', `${key.id}\u0000`, 7, null, [key.id], '__proto__'])
      await expectRefused(token({}, { kid }), 'unknown_key');
  });

  it('12: ten kilobytes', async () => {
    await expectRefused(token({ padding: 'x'.repeat(10_000) }), 'too_large');
  });

  it('12: for nobody, or for another user', async () => {
    await expectRefused(token({ sub: undefined }), 'no_subject');
    await expectRefused(token({ sub: '' }), 'no_subject');
    await expectRefused(token({ sub: 7 }), 'no_subject');
    await expectRefused(token({ sub: 'bob' }), 'other_user');
  });

  it('12: what is no token at all', async () => {
    for (const odd of ['x', 'a.b', '...', 'a.b.c.d', 'é.é.é', `${forgeToken({ alg: 'HS256' }, [])}`, token({}, { crit: ['exp'] })]) {
      await expectRefused(odd, 'malformed');
    }
    const [head, body] = token().split('.');
    const padded = `${createHmac('sha256', secret).update(`${head}.${body}`).digest('base64')}`;
    await expectRefused(`${head}.${body}.${padded.replace(/[A-Za-z0-9]/g, '+')}`, 'malformed');
  });

  it('12: nothing of a token is kept, whether it was believed or not', async () => {
    const good = token({ jti: 'canary-good' });
    const bad = signToken(claimsOf({ jti: 'canary-bad' }), 'another');
    await call('identify', { userId: 'ada', messageId: newId(), context: { token: good } });
    await call('batch', { context: { gangwayToken: bad }, batch: [{ type: 'track', userId: 'ada', event: 'Looked', messageId: newId() }] });
    await identify('ada', { token: bad });
    const { rows } = await server.database.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    for (const { name } of rows) {
      const found = await server.database.pool.query(`select count(*)::int as n from "${name}" t where t::text like any($1)`, [
        [`%${good.slice(40, 90)}%`, `%${bad.slice(40, 90)}%`],
      ]);
      expect([name, found.rows[0].n]).toEqual([name, 0]);
    }
  });
});

describe('13: who proves nothing, where proof is required', () => {
  it('13: identify under a verified id, or with its e-mail, makes a shadow: kept, never merged, nothing overwritten', async () => {
    const before = await ada();
    await identify('ada', { traits: { name: 'Mallory', plan: 'free' }, anonymousId: 'attic' });
    await identify('eve', { traits: { email: 'ada@acme.example' } });
    await identify('ada', { anonymousId: 'laptop', traits: { name: 'Mallory' } });
    expect(await ada()).toEqual(before);
    const shadow = (await people('Mallory'))[0];
    expect(shadow).toMatchObject({ userId: null, level: 'claimed', name: 'Mallory' });
    const { identities, events } = (await server.owner.get<PersonAnswer>(`${base}/people/${shadow?.id}`)).body;
    expect(identities).toEqual([{ kind: 'claimed', value: 'ada' }]);
    expect(events).toMatchObject([{ name: 'Identified', count: 2 }]);
  });

  it('13: alias joins nothing', async () => {
    const before = await ada();
    await call('alias', { previousId: 'attic', userId: 'ada', messageId: newId() });
    await call('alias', { previousId: 'ada', userId: 'eve', messageId: newId() });
    await call('alias', { previousId: 'laptop', userId: 'eve', messageId: newId() });
    expect(await ada()).toEqual(before);
  });

  it('13: group puts nobody into the account and overwrites nothing of it', async () => {
    const account = async () => (await server.owner.get<Record<string, unknown>>(`${base}/accounts/acme`)).body;
    const before = await account();
    await call('group', { userId: 'eve', groupId: 'acme', traits: { name: 'Pwned' }, messageId: newId() });
    await call('group', { anonymousId: 'nobody', groupId: 'acme', traits: { name: 'Pwned' }, messageId: newId() });
    await call('track', { anonymousId: 'nobody', event: 'Looked', context: { groupId: 'acme' }, messageId: newId() });
    expect(await account()).toEqual(before);
  });

  it('13: the manifest of a user is for who proves to be them; the others get what everybody may see', async () => {
    const shown = async (asked: object) => {
      const { status, body } = await manifest(asked);
      return [status, (JSON.parse(body.manifest) as Manifest).entries.map(({ id }) => id).sort()];
    };
    expect(await shown({ anonymousId: newId(), userId: 'ada', token: token() })).toEqual([200, ['for-all', 'for-pro']]);
    for (const asked of [{ anonymousId: newId(), userId: 'ada' }, { anonymousId: 'laptop' }, { anonymousId: 'laptop', userId: 'ada' }])
      expect(await shown(asked)).toEqual([200, ['for-all']]);
    const stream = await server.as(undefined).post<{ code: string }>('/v1/stream', {
      writeKey: server.environment.writeKey,
      anonymousId: 'x',
      userId: 'ada',
      token: token({ sub: 'bob' }),
    });
    expect([stream.status, stream.body.code]).toEqual([401, 'identity_token_other_user']);
  });

  it('13: a batch’s token is for the user it names; others’ events in it are without one', async () => {
    const batch = [
      { type: 'track', userId: 'ada', event: 'Proved', messageId: newId() },
      { type: 'track', userId: 'kim', event: 'Claimed', messageId: newId() },
    ];
    const { status } = await call('batch', { context: { gangwayToken: token() }, batch });
    expect(status).toBe(200);
    expect((await ada()).events.map(({ name }) => name)).toContain('Proved');
    const kim = await server.database.pool.query(`select person from identities where value = 'kim'`);
    expect(kim.rows).toHaveLength(1);
    expect((await server.owner.get<PersonAnswer>(`${base}/people/${kim.rows[0].person}`)).body).toMatchObject({
      userId: null,
      level: 'claimed',
    });
  });

  it('13: a forged event in a batch refuses itself alone, is kept, and is a shadow when sent again', async () => {
    const bad = {
      type: 'track',
      userId: 'zoe',
      event: 'Forged',
      messageId: 'forged-1',
      context: { gangwayToken: signToken(claimsOf({ sub: 'zoe' }), 'x') },
    };
    const answer = await server
      .as(undefined)
      .post<{ verdicts: { verdict: string; reason?: string }[] }>(
        '/v1/batch',
        { batch: [bad, { type: 'track', anonymousId: 'fine', event: 'Fine', messageId: newId() }] },
        basic(server.environment.writeKey),
      );
    expect(answer.body.verdicts.map(({ verdict, reason }) => reason ?? verdict)).toEqual(['identity_token_wrong_signature', 'accepted']);
    const failed = (await server.owner.get<FailedAnswer>(`${base}/failed?search=forged-1`)).body.events;
    await server.owner.post(`${base}/failed/replay`, { ids: failed.map(({ id }) => id) });
    await server.settle();
    const links = await server.database.pool.query(`select kind from identities where value = 'zoe'`);
    expect(links.rows).toEqual([{ kind: 'claimed' }]);
  });
});

describe('keys and modes', () => {
  it('two keys work side by side while a back end changes over; a third waits, a revoked one ends', async () => {
    const next = await makeKey({ label: 'Next' });
    expect((await identify('ada', { token: signToken(claimsOf(), next.secret, { kid: next.key.id }) })).status).toBe(200);
    expect((await identify('ada', { token: token({}, { kid: key.id }) })).status).toBe(200);
    expect((await identify('ada', { token: token() })).status).toBe(200);
    const third = await server.owner.post<{ code: string }>(`${base}/identity/keys`, { label: 'Third' });
    expect([third.status, third.body.code]).toEqual([409, 'too_many_identity_keys']);
    await server.owner.send('DELETE', `${base}/identity/keys/${next.key.id}`);
    expect((await identify('ada', { token: signToken(claimsOf(), next.secret, { kid: next.key.id }) })).body.code).toBe(
      'identity_token_unknown_key',
    );
    const last = await server.owner.send<{ code: string }>('DELETE', `${base}/identity/keys/${key.id}`);
    expect([last.status, last.body.code]).toEqual([409, 'last_identity_key']);
  });

  it('takes tokens of P-256 and Ed25519 pairs, and no private or weak key', async () => {
    for (const [pair, alg] of [
      [generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ES256'],
      [generateKeyPairSync('ed25519'), 'EdDSA'],
    ] as const) {
      const { key: made } = await makeKey({ publicKey: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString() });
      expect(made.algorithm).toBe(alg);
      const good = signTokenWith(pair.privateKey, claimsOf(), { alg, kid: made.id });
      expect((await identify('ada', { token: good })).status).toBe(200);
      await expectRefused(signTokenWith(pair.privateKey, claimsOf({ aud: 'x' }), { alg }), 'wrong_audience');
      await server.owner.send('DELETE', `${base}/identity/keys/${made.id}`);
    }
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const pasted = {
      unsupported_public_key: weak.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      private_key_pasted: generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    };
    for (const [code, publicKey] of Object.entries(pasted)) {
      const answer = await server.owner.post<{ code: string }>(`${base}/identity/keys`, { label: 'Odd', publicKey });
      expect([answer.status, answer.body.code]).toEqual([400, code]);
    }
  });

  it('keeps the secret sealed, shows it once, and notes who did what', async () => {
    const { text } = await server.owner.get(`${base}/identity`);
    expect(text).not.toContain(secret);
    const stored = await server.database.pool.query('select material from identity_keys where id = $1', [key.id]);
    expect(stored.rows[0].material).not.toContain(secret);
    const { rows } = await server.database.pool.query(`select action from audit where action like 'identity%' order by at`);
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['identity_key.created', 'identity.required', 'identity_key.revoked']),
    );
  });

  it('open: what a token does not prove is a claim, as ever, and the coverage says so before anybody switches', async () => {
    const other = await addWorkspace(server.services, newId());
    const owner = server.as(other.cookie);
    const own = `/api/e/${other.scope.environment}`;
    const refused = await owner.send<{ code: string }>('PUT', `${own}/identity/mode`, { body: { mode: 'required' } });
    expect([refused.status, refused.body.code]).toEqual([409, 'no_identity_key']);
    const made = (await owner.post<{ secret: string }>(`${own}/identity/keys`, { label: 'B' })).body;
    const proof = (sub: string) => signToken(claimsOf({ sub, aud: other.scope.environment }), made.secret);
    const send = (event: object) =>
      server.as(undefined).post('/v1/track', { event: 'Looked', messageId: newId(), ...event }, basic(other.writeKey));
    await send({ userId: 'a', context: { gangwayToken: proof('a') } });
    await send({ userId: 'a', context: { gangwayToken: proof('a') } });
    await send({ userId: 'b', context: { gangwayToken: proof('b') } });
    await send({ userId: 'b' });
    expect((await send({ userId: 'c', context: { gangwayToken: proof('other') } })).status).toBe(200);
    await send({ anonymousId: 'z' });
    await server.settle();
    const { coverage, mode } = (await owner.get<IdentityAnswer>(`${own}/identity`)).body;
    expect(mode).toBe('open');
    expect(coverage).toMatchObject({ events: { proved: 3, all: 5 }, people: { proved: 1, all: 3 }, serverEvents: 0 });
    expect(coverage.faults).toMatchObject([{ fault: 'other_user', taken: 1, refused: 0 }]);
    const { rows } = await server.database.pool.query(
      'select user_id, level from people where workspace = $1 and user_id is not null order by 1',
      [other.scope.workspace],
    );
    expect(rows).toEqual([
      { user_id: 'a', level: 'verified' },
      { user_id: 'b', level: 'verified' },
      { user_id: 'c', level: 'claimed' },
    ]);
  });

  it('a token of one environment opens nothing in another with a key of the same name', async () => {
    const other = await addWorkspace(server.services, newId());
    await server.as(other.cookie).post(`/api/e/${other.scope.environment}/identity/keys`, { label: 'Back end' });
    await server.as(other.cookie).send('PUT', `/api/e/${other.scope.environment}/identity/mode`, { body: { mode: 'required' } });
    const event = {
      userId: 'ada',
      messageId: newId(),
      context: { gangwayToken: token({ aud: other.scope.environment }, { kid: key.id }) },
    };
    const answer = await server.as(undefined).post<{ code: string }>('/v1/identify', event, basic(other.writeKey));
    expect([answer.status, answer.body.code]).toEqual([401, 'identity_token_unknown_key']);
  });
});
