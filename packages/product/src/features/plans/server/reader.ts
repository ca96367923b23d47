import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { liveBodies } from '../../../pipeline/live-bodies.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { stateKey } from '../../../pipeline/subject-doc.ts';
import { accounts, type VersionRow } from '../../../pipeline/tables.ts';
import type { Services } from '../../../ports/http/route.ts';
import { labelPeople } from '../../people/server/reader.ts';
import { findWorkspace } from '../../workspace/server/reader.ts';
import type { PlanAnswer, PlanSummary } from '../contract.ts';
import type { Plan, PlanState } from '../plan.ts';
import { type PlanRecord, toPlanAnswer, toSummary } from './view.ts';

/** One plan with its tasks' states. Throws `not_found`. */
export async function readPlan(services: Services, scope: Scope, id: string): Promise<PlanAnswer> {
  const [record] = await readRecords(services, scope, id);
  if (!record) throw new Problem('not_found', 404, 'There is no such plan in this environment.');
  return toPlanAnswer(record);
}

/** Every plan, in a line each; the ones that are late first. */
export async function readPlans(services: Services, scope: Scope): Promise<PlanSummary[]> {
  const summaries = (await readRecords(services, scope)).map(toSummary);
  return summaries.sort((a, b) => b.late - a.late || (a.start < b.start ? 1 : -1));
}

/** The plan itself, as its people edit it. */
export async function findPlan(services: Services, scope: Scope, id: string): Promise<Plan | undefined> {
  const rows = await services.db.transaction({ as: 'request', scope }, (tx) => liveBodies(tx, scope, 'plans'));
  return rows.find((row) => row.definition === id)?.body as unknown as Plan | undefined;
}

async function readRecords(services: Services, scope: Scope, only?: string): Promise<PlanRecord[]> {
  const read = await services.db.transaction({ as: 'request', scope }, async (tx) => {
    const plans = (await liveBodies(tx, scope, 'plans')).filter((row) => only === undefined || row.definition === only);
    const ids = [...new Set(plans.map((row) => (row.body as unknown as Plan).account))];
    return {
      plans,
      accounts: await tx.get(
        accounts,
        ids.map((id) => ({ id, ...scopeColumns(scope) })),
      ),
      milestones: await liveBodies(tx, scope, 'milestones'),
      playbooks: await liveBodies(tx, scope, 'playbooks'),
    };
  });
  const today = await civilToday(services, scope);
  const byAccount = new Map(read.accounts.map((row) => [row.id, row]));
  const records = read.plans.map((row) => {
    const plan = row.body as unknown as Plan;
    const account = byAccount.get(plan.account);
    const state = (account?.doc.states[stateKey('plans', row.definition)] ?? { tasks: {} }) as unknown as PlanState;
    return {
      id: row.definition,
      plan,
      state,
      accountName: account?.name ?? null,
      playbookName: nameOf(read.playbooks, plan.playbook.id),
      today,
    };
  });
  const labels = await labelPeople(services.sql, scope, [...new Set(records.flatMap(({ state }) => peopleIn(state)))]);
  return records.map((record) => ({
    ...record,
    milestoneName: (id) => nameOf(read.milestones, id),
    personLabel: (id) => labels.get(id) ?? { id, label: id },
  }));
}

function peopleIn(state: PlanState): string[] {
  return Object.values(state.tasks).flatMap((task) => (task.by?.type === 'milestone' ? task.by.people : []));
}

function nameOf(rows: readonly VersionRow[], id: string): string {
  const body = rows.find((row) => row.definition === id)?.body as { name?: string } | undefined;
  return body?.name ?? id;
}

/** Today in the workspace's zone, `YYYY-MM-DD`. */
async function civilToday({ db, clock }: Services, scope: Scope): Promise<string> {
  const workspace = await findWorkspace(db, scope.workspace);
  return new Intl.DateTimeFormat('en-CA', { timeZone: workspace?.timezone ?? 'UTC' }).format(clock.now());
}
