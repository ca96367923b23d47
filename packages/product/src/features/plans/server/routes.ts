import type { Json } from '../../../kernel/json.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { command } from '../../../pipeline/command.ts';
import { publish, saveDraft } from '../../../pipeline/definitions.ts';
import { liveBodies } from '../../../pipeline/live-bodies.ts';
import { type Route, type RouteRequest, route, type Services } from '../../../ports/http/route.ts';
import type { Playbook } from '../../playbooks/index.ts';
import { planAnswer, plansAnswer, startPlanRequest } from '../contract.ts';
import { planCommands, startPlan } from '../plan.ts';
import { findPlan, readPlan, readPlans } from './reader.ts';

/** The vendor's side of plans: list, start, read, close and reopen tasks. */
export const planRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/e/:environment/plans',
    access: 'owner',
    answer: plansAnswer,
    handle: async ({ scope }, services) => ({ plans: await readPlans(services, scope) }),
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/plans/:id',
    access: 'owner',
    answer: planAnswer,
    handle: ({ scope, params }, services) => readPlan(services, scope, params.id ?? ''),
  }),
  route({
    method: 'POST',
    path: '/api/e/:environment/plans',
    access: 'owner',
    body: startPlanRequest,
    answer: planAnswer,
    handle: async ({ scope, body, caller }, services) => {
      if (caller.kind !== 'owner') throw new Problem('signed_out', 401, 'Sign in to start a plan.');
      return readPlan(services, scope, await beginPlan(services, scope, { ...body, owner: { name: caller.name, email: caller.email } }));
    },
  }),
  taskRoute('complete', planCommands.complete),
  taskRoute('reopen', planCommands.reopen),
];

function taskRoute(verb: 'complete' | 'reopen', name: string): Route {
  return route({
    method: 'POST',
    path: `/api/e/:environment/plans/:id/tasks/:task/${verb}`,
    access: 'owner',
    answer: planAnswer,
    handle: async (request: RouteRequest, services) => {
      const actor = request.caller.kind === 'owner' ? request.caller.name : '';
      const { id = '', task = '' } = request.params;
      await moveTask(services, request.scope, { plan: id, task, name, actor });
      return readPlan(services, request.scope, id);
    },
  });
}

/** Starts a plan from the live version of a playbook and waits until it holds. Returns its id. */
export async function beginPlan(
  services: Services,
  scope: Scope,
  input: { account: string; playbook: string; name: string; start: string; owner: { name: string; email: string } },
): Promise<string> {
  const id = services.id('plan').toLowerCase();
  const author = { scope, slice: 'plans', id, by: input.owner.email, now: services.clock.now() };
  const entry = await services.db.transaction({ as: 'request', scope }, async (tx) => {
    const playbook = (await liveBodies(tx, scope, 'playbooks')).find((row) => row.definition === input.playbook);
    if (!playbook) throw new Problem('not_found', 404, 'This playbook is not published. Publish it first; no plan was started.');
    const plan = startPlan({
      ...input,
      playbook: playbook.body as unknown as Playbook,
      version: playbook.version,
      playbookId: input.playbook,
    });
    await saveDraft(tx, author, { body: plan as unknown as Json, revision: 0 });
    await noteDeed(tx, {
      workspace: scope.workspace,
      actor: input.owner.email,
      action: 'plan.started',
      object: id,
      id: services.id('au'),
      at: author.now,
    });
    return (await publish(tx, author, { revision: 1, everyone: false, only: { kind: 'account', id: input.account } })).entry;
  });
  services.signal.publish('outbox', {});
  await services.applied(scope, entry);
  return id;
}

/** Closes or reopens a task and waits until that shows. */
export async function moveTask(
  services: Services,
  scope: Scope,
  input: { plan: string; task: string; name: string; actor: string },
): Promise<void> {
  const plan = await findPlan(services, scope, input.plan);
  const known = plan?.phases.some((phase) => phase.tasks.some((task) => task.id === input.task));
  if (!plan || !known) throw new Problem('not_found', 404, 'There is no such task in this plan.');
  const now = services.clock.now();
  const entry = await services.db.transaction({ as: 'request', scope }, async (tx) => {
    await noteDeed(tx, {
      workspace: scope.workspace,
      actor: input.actor,
      action: `plan.${input.name}`,
      object: `${input.plan}/${input.task}`,
      id: services.id('au'),
      at: now,
    });
    const payload = { plan: input.plan, task: input.task };
    return command(tx, {
      scope,
      id: services.id('cmd'),
      slice: 'plans',
      name: input.name,
      subject: { kind: 'account', id: plan.account },
      actor: input.actor,
      payload,
      now,
    });
  });
  services.signal.publish('outbox', {});
  await services.applied(scope, entry);
}
