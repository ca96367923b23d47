import type { ZodType } from 'zod';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { Download, type Route, type RouteRequest, route, type Services } from '../../../ports/http/route.ts';
import type { Query, Scoped } from '../../../ports/warehouse/warehouse.ts';
import { milestoneNames } from '../../milestones/server/reader.ts';
import { labelAccounts, labelNumbers, type PersonLabel } from '../../people/server/reader.ts';
import { type PeopleAnswer, peopleAnswer } from '../contract.ts';
import { checkRange } from './check-range.ts';
import { type MemberId, peopleLines } from './people-lines.ts';
import type { MilestoneNames } from './pick-labels.ts';
import type { Members } from './queries/members.ts';

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
type PageAsked = { readonly after?: MemberId | undefined; readonly limit: number };

/** One kind of report: what it answers, and who is behind a number of it. */
export interface ReportKind<Request extends AskedRange, PeopleRequest extends Request & PageAsked, Answer> {
  /** The part of the address: `retention`. */
  readonly path: string;
  readonly request: ZodType<Request>;
  readonly peopleRequest: ZodType<PeopleRequest>;
  readonly answer: ZodType<Answer>;
  /** How it is counted, in words for the reader. */
  formula(request: Request): string;
  ask(request: Request, asking: Asking, names: MilestoneNames): Promise<Omit<Answer, Told>>;
  /** The page of them that is asked for. */
  members(request: PeopleRequest, asking: Asking): Promise<Members<MemberId>>;
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
        const counted = await kind.ask(body, asking, () => milestoneNames(services.db, request.scope));
        return { ...counted, from: body.from, to: body.to, asOf: asking.asOf, formula: kind.formula(body) } as Answer;
      },
    }),
    route({
      method: 'POST',
      path: `${base}/people`,
      access: 'owner',
      body: kind.peopleRequest,
      answer: peopleAnswer,
      handle: async (request, services): Promise<PeopleAnswer> => {
        const { body } = request;
        checkRange(body);
        const { members, total } = await kind.members(body, askingOf(request, services));
        const next = members.length < body.limit ? null : (members.at(-1) ?? null);
        const of = unitOf(kind, body);
        return { of, total, next, people: await labelMembers(services, request.scope, { of, members }) };
      },
    }),
    route({
      method: 'POST',
      path: `${base}/people/export`,
      access: 'owner',
      body: kind.peopleRequest,
      handle: async (request, services): Promise<void> => {
        const { body, scope } = request;
        checkRange(body);
        const asking = askingOf(request, services);
        const of = unitOf(kind, body);
        const pieces = peopleLines({
          members: ({ after, limit }) => kind.members({ ...body, after: after ?? undefined, limit }, asking),
          label: (members) => labelMembers(services, scope, { of, members }),
        });
        // The first piece is made before the answer begins: a question that cannot be answered must not look like a file.
        const first = await pieces.next();
        const type = 'text/csv; charset=utf-8';
        return new Download({ name: `${kind.path}-people.csv`, type, pieces: restOf(first, pieces) }) as unknown as undefined;
      },
    }),
  ];
}

function unitOf<R extends AskedRange, P extends R & PageAsked, A>(kind: ReportKind<R, P, A>, request: P): PeopleAnswer['of'] {
  return kind.accounts?.(request) ? 'account' : 'person';
}

/** How members are called; people who were erased since are left out. */
async function labelMembers(
  { sql }: Services,
  scope: Scope,
  { of, members }: { readonly of: PeopleAnswer['of']; readonly members: readonly MemberId[] },
): Promise<PersonLabel[]> {
  if (of === 'account') {
    const ids = members.map(String);
    const labels = await labelAccounts(sql, scope, ids);
    return ids.map((id) => ({ id, label: labels.get(id) ?? id }));
  }
  const labels = await labelNumbers(sql, scope, members.map(Number));
  return members.flatMap((number) => labels.get(Number(number)) ?? []);
}

function askingOf(request: RouteRequest<AskedRange>, { warehouse, clock }: Services): Asking {
  const { scope, asker, body } = request;
  return {
    scope: scopeKey(scope),
    asOf: body.asOf ?? clock.now(),
    run: (query, params) => warehouse.run(query, params, { asker }),
  };
}

async function* restOf(first: IteratorResult<string>, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  if (!first.done) yield first.value;
  yield* pieces;
}
