import type { ZodType } from 'zod';
import { csvLine, csvMark } from '../../../kernel/csv-line.ts';
import { Problem } from '../../../kernel/problem.ts';
import { scopeKey } from '../../../kernel/scope.ts';
import { Download, type Route, type RouteRequest, route, type Services } from '../../../ports/http/route.ts';
import type { Query, Scoped } from '../../../ports/warehouse/warehouse.ts';
import { labelAccounts, labelNumbers } from '../../people/server/reader.ts';
import { type PeopleAnswer, peopleAnswer } from '../contract.ts';
import { milestoneNames } from './milestone-names.ts';
import type { Members, MembersPage } from './queries/members.ts';

/** What every request of a report has. */
export interface AskedRange {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  readonly asOf?: number | undefined;
}

/** What a report works with: the tenant, the instant up to which is counted, and the warehouse, which lets go when the reader does. */
export interface Asking extends Scoped {
  readonly asOf: number;
  run<Params extends Scoped, Plain extends object, Result>(query: Query<Params, Plain, Result>, params: Params): Promise<Result>;
}

type Told = 'from' | 'to' | 'asOf' | 'formula';
type AnyId = number | string;
type PageAsked = { readonly after?: AnyId | undefined; readonly limit: number };

/** One kind of report: what it answers, and who is behind a number of it. */
export interface ReportKind<Request extends AskedRange, PeopleRequest extends Request & PageAsked, Answer> {
  /** The part of the address: `retention`. */
  readonly path: string;
  readonly request: ZodType<Request>;
  readonly peopleRequest: ZodType<PeopleRequest>;
  readonly answer: ZodType<Answer>;
  /** How it is counted, in words for the reader. */
  formula(request: Request): string;
  /** @param nameOf what a milestone is called */
  ask(request: Request, asking: Asking, nameOf: (milestone: string) => string): Promise<Omit<Answer, Told>>;
  members(request: PeopleRequest, asking: Asking, page: MembersPage<AnyId>): Promise<Members<AnyId>>;
  /** Accounts stand behind the numbers, not people; people when absent. */
  accounts?(request: Request): boolean;
}

/** The routes of a kind: the answer, the people behind a number page by page, and all of them as a file. */
export function reportRoutes<Request extends AskedRange, PeopleRequest extends Request & PageAsked, Answer>(
  kind: ReportKind<Request, PeopleRequest, Answer>,
): Route[] {
  const base = `/api/e/:environment/reports/${kind.path}`;
  return [
    route({
      method: 'POST',
      path: base,
      access: 'owner',
      body: kind.request,
      answer: kind.answer,
      handle: async (request, services) => {
        const { body } = request;
        const asking = askingOf(request, services);
        checkRange(body);
        const counted = await kind.ask(body, asking, await milestoneNames(services.db, request.scope));
        return { ...counted, from: body.from, to: body.to, asOf: asking.asOf, formula: kind.formula(body) } as Answer;
      },
    }),
    route({
      method: 'POST',
      path: `${base}/people`,
      access: 'owner',
      body: kind.peopleRequest,
      answer: peopleAnswer,
      handle: async (request, services) => {
        checkRange(request.body);
        return listPeople(kind, request, services);
      },
    }),
    route({
      method: 'POST',
      path: `${base}/people/export`,
      access: 'owner',
      body: kind.peopleRequest,
      handle: async (request, services): Promise<void> => {
        checkRange(request.body);
        const pieces = peopleLines(kind, request, services);
        // The first piece is made before the answer begins: a question that cannot be answered must not look like a file.
        const first = await pieces.next();
        const type = 'text/csv; charset=utf-8';
        return new Download({ name: `${kind.path}-people.csv`, type, pieces: restOf(first, pieces) }) as unknown as undefined;
      },
    }),
  ];
}

function askingOf(request: RouteRequest<AskedRange>, { warehouse, clock }: Services): Asking {
  const { scope, asker, body } = request;
  return {
    scope: scopeKey(scope),
    asOf: body.asOf ?? clock.now(),
    run: (query, params) => warehouse.run(query, params, { asker }),
  };
}

const longestRange = 1096 * 86_400_000;

function checkRange({ from, to }: AskedRange): void {
  if (to < from) throw new Problem('invalid_range', 400, 'The range ends before it begins. Nothing was counted.');
  if (to - from > longestRange) throw new Problem('range_too_long', 400, 'A report covers at most three years. Take a shorter range.');
}

async function listPeople<R extends AskedRange, P extends R & PageAsked, A>(
  kind: ReportKind<R, P, A>,
  request: RouteRequest<P>,
  services: Services,
): Promise<PeopleAnswer> {
  const { body, scope } = request;
  const page = { after: body.after ?? null, limit: body.limit };
  const { members, total } = await kind.members(body, askingOf(request, services), page);
  const of = kind.accounts?.(body) ? 'account' : 'person';
  const next = members.length < page.limit ? null : (members.at(-1) ?? null);
  if (of === 'account') {
    const ids = members.map(String);
    const labels = await labelAccounts(services.sql, scope, ids);
    return { of, total, next, people: ids.map((id) => ({ id, label: labels.get(id) ?? id })) };
  }
  const labels = await labelNumbers(services.sql, scope, members.map(Number));
  return { of, total, next, people: members.flatMap((number) => labels.get(Number(number)) ?? []) };
}

/** Lines in one page are made of one question to the warehouse. */
const exportPage = 5000;

async function* peopleLines<R extends AskedRange, P extends R & PageAsked, A>(
  kind: ReportKind<R, P, A>,
  request: RouteRequest<P>,
  services: Services,
): AsyncGenerator<string> {
  const asOf = request.body.asOf ?? services.clock.now();
  let after: AnyId | undefined;
  let head = csvMark + csvLine(['id', 'name']);
  do {
    const body = { ...request.body, asOf, after, limit: exportPage };
    const { people, next } = await listPeople(kind, { ...request, body }, services);
    yield head + people.map(({ id, label }) => csvLine([id, label])).join('');
    head = '';
    after = next ?? undefined;
  } while (after !== undefined);
}

async function* restOf(first: IteratorResult<string>, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  if (!first.done) yield first.value;
  yield* pieces;
}
