import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { accounts, identities, type AccountRow as StoredAccount } from '../../../pipeline/tables.ts';
import { containing } from '../../../ports/db/containing.ts';
import { type Route, route, type Services } from '../../../ports/http/route.ts';
import { milestoneNames } from '../../milestones/server/reader.ts';
import {
  accountAnswer,
  accountsAnswer,
  peopleAnswer,
  peopleQuery,
  personAnswer,
  timelineAnswer,
  timelinePageAnswer,
  timelineQuery,
} from '../contract.ts';
import { recentEvents } from './queries/recent-events.ts';
import { timeline } from './queries/timeline.ts';
import { requirePerson } from './reader.ts';
import { type PersonRecord, personColumns, toPersonRow } from './rows.ts';
import { readTimelinePage } from './timeline-page.ts';
import { toTimeline } from './timeline-rows.ts';

/** People and accounts: lists, one of each, what they did. */
export const peopleRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/e/:environment/people',
    access: 'owner',
    query: peopleQuery,
    answer: peopleAnswer,
    handle: ({ scope, query }, services) => listPeople(services, scope, query),
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/people/:id',
    access: 'owner',
    answer: personAnswer,
    handle: ({ scope, params }, services) => onePerson(services, scope, params.id ?? ''),
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/people/:id/timeline',
    access: 'owner',
    query: timelineQuery,
    answer: timelinePageAnswer,
    handle: async ({ scope, params, query, asker }, { db, sql, warehouse }) => {
      const person = await requirePerson(db, scope, params.id ?? '');
      const before = Math.min(query.next ?? Number.MAX_SAFE_INTEGER, (query.before ?? Number.MAX_SAFE_INTEGER) * 4096);
      const asked = { scope: scopeKey(scope), person: person.number };
      const { rows, next } = await readTimelinePage(
        (below, limit) => warehouse.run(timeline, { ...asked, before: below, limit }, { asker }),
        {
          before,
          size: 100,
        },
      );
      return { events: await toTimeline(sql, scope, rows, await milestoneNames(db, scope)), next };
    },
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/live',
    access: 'owner',
    answer: timelineAnswer,
    handle: async ({ scope }, { db, sql, warehouse }) => {
      const rows = await warehouse.run(recentEvents, { scope: scopeKey(scope), limit: 100 });
      return { events: await toTimeline(sql, scope, rows, await milestoneNames(db, scope)) };
    },
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/accounts',
    access: 'owner',
    query: z.object({
      search: z.string().max(200).optional(),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: accountsAnswer,
    handle: ({ scope, query }, services) => listAccounts(services, scope, query),
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/accounts/:id',
    access: 'owner',
    answer: accountAnswer,
    handle: ({ scope, params }, services) => oneAccount(services, scope, params.id ?? ''),
  }),
];

/** By the hour first, which is what the index knows: the instant changes at every event. */
const personOrders = {
  lastSeen: ['p.last_seen_hour', 'p.last_seen'],
  firstSeen: ['p.first_seen'],
  name: ["lower(coalesce(p.name, p.email, p.user_id, 'zzz'))"],
} as const;

async function listPeople({ sql }: Services, scope: Scope, query: z.infer<typeof peopleQuery>) {
  const where = `p.workspace = $1 and p.environment = $2 and p.merged_into is null
    and ($3::text is null or p.name ilike $3 or p.email ilike $3 or p.user_id ilike $3 or p.id = $4)`;
  const values = [scope.workspace, scope.environment, query.search ? containing(query.search) : null, query.search ?? null];
  const direction = query.direction === 'asc' ? 'asc' : 'desc';
  const order = [...personOrders[query.sort].map((column) => `${column} ${direction}`), 'p.number'].join(', ');
  const records = await sql.read<PersonRecord>(
    scope,
    `select ${personColumns} from people p where ${where} order by ${order} limit $5 offset $6`,
    [...values, query.limit, query.offset],
  );
  const [counted] = await sql.read<{ total: number }>(scope, `select count(*)::int as total from people p where ${where}`, values);
  return { people: records.map(toPersonRow), total: counted?.total ?? 0 };
}

async function onePerson({ db, sql }: Services, scope: Scope, id: string) {
  const person = await requirePerson(db, scope, id);
  const [record] = await sql.read<PersonRecord>(
    scope,
    `select ${personColumns} from people p where p.workspace = $1 and p.environment = $2 and p.id = $3`,
    [scope.workspace, scope.environment, person.id],
  );
  if (!record) throw new Problem('not_found', 404, 'There is no such person in this environment.');
  const columns = scopeColumns(scope);
  const links = await db.transaction({ as: 'request', scope }, (tx) =>
    tx.list(identities, { where: { person: person.id, ...columns }, orderBy: ['kind', 'value'], limit: 200 }),
  );
  const reached = person.doc.milestones.entries().sort(([, a], [, b]) => a - b);
  const name = await milestoneNames(db, scope);
  return {
    ...toPersonRow(record),
    traits: { ...person.doc.traits },
    identities: links.map(({ kind, value }) => ({ kind, value })),
    events: person.doc.events.entries().map(([event, { count, first, last }]) => ({ name: event, count, first, last })),
    reached: reached.map(([milestone, at]) => ({ milestone, name: name(milestone), at })),
  };
}

interface AccountRecord {
  readonly id: string;
  readonly name: string | null;
  readonly people: number;
  readonly first_seen: Date;
  readonly last_seen: Date;
}

const accountColumns = `a.id, a.name, a.first_seen, a.last_seen,
  (select count(*)::int from memberships m where m.workspace = a.workspace and m.environment = a.environment and m.account = a.id) as people`;

function toAccountRow(record: AccountRecord) {
  return {
    id: record.id,
    name: record.name,
    people: record.people,
    firstSeen: record.first_seen.getTime(),
    lastSeen: record.last_seen.getTime(),
  };
}

async function listAccounts({ sql }: Services, scope: Scope, query: { search?: string | undefined; offset: number; limit: number }) {
  const where = 'a.workspace = $1 and a.environment = $2 and ($3::text is null or a.name ilike $3 or a.id ilike $3)';
  const values = [scope.workspace, scope.environment, query.search ? containing(query.search) : null];
  const records = await sql.read<AccountRecord>(
    scope,
    `select ${accountColumns} from accounts a where ${where} order by a.last_seen desc, a.id limit $4 offset $5`,
    [...values, query.limit, query.offset],
  );
  const [counted] = await sql.read<{ total: number }>(scope, `select count(*)::int as total from accounts a where ${where}`, values);
  return { accounts: records.map(toAccountRow), total: counted?.total ?? 0 };
}

async function oneAccount({ db, sql }: Services, scope: Scope, id: string) {
  const [stored]: StoredAccount[] = await db.transaction({ as: 'request', scope }, (tx) =>
    tx.get(accounts, [{ id, ...scopeColumns(scope) }]),
  );
  if (!stored) throw new Problem('not_found', 404, 'There is no such account in this environment.');
  const where = [scope.workspace, scope.environment, id];
  const [record] = await sql.read<AccountRecord>(
    scope,
    `select ${accountColumns} from accounts a where a.workspace = $1 and a.environment = $2 and a.id = $3`,
    where,
  );
  const members = await sql.read<PersonRecord>(
    scope,
    `select ${personColumns} from people p join memberships m on m.workspace = p.workspace and m.environment = p.environment and m.person = p.id
     where m.workspace = $1 and m.environment = $2 and m.account = $3 and p.merged_into is null order by p.last_seen desc limit 200`,
    where,
  );
  return {
    ...toAccountRow(
      record ?? {
        id,
        name: stored.name,
        people: members.length,
        first_seen: new Date(stored.firstSeen),
        last_seen: new Date(stored.lastSeen),
      },
    ),
    traits: { ...stored.doc.traits },
    members: members.map(toPersonRow),
  };
}
