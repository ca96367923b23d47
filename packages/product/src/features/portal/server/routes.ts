import { Problem } from '../../../kernel/problem.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { command } from '../../../pipeline/command.ts';
import { type Caller, type Route, route, type Services } from '../../../ports/http/route.ts';
import { planCommands } from '../../plans/index.ts';
import { findPlan, readPlan } from '../../plans/server/reader.ts';
import { findWorkspace } from '../../workspace/server/reader.ts';
import { openRequest, type PortalPlan, portalLinkAnswer, portalLinkRequest, portalPlan } from '../contract.ts';
import { toPortalPlan } from '../portal-view.ts';
import { inviteGuest, openPortal } from './guest-sessions.ts';

/** The cookie of a customer's person. */
export const guestCookie = 'gangway_guest';
const guestDays = 30 * 86_400;

type Guest = Extract<Caller, { kind: 'guest' }>;

/** The portal: inviting, opening, reading the plan, closing one's own tasks. */
export const portalRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/e/:environment/plans/:id/portal-link',
    access: 'owner',
    body: portalLinkRequest,
    answer: portalLinkAnswer,
    handle: async ({ scope, params, body, caller }, services) => {
      const plan = await readPlan(services, scope, params.id ?? '');
      const url = `${services.origin()}/portal/open#${await inviteGuest(services, scope, { plan: plan.id, email: body.email })}`;
      const from = caller.kind === 'owner' ? caller.name : '';
      const text = `${from} invites you to your onboarding plan “${plan.name}”. Open this link and press “Open my plan”. It works once, within two weeks.\n\n${url}`;
      await services.courier.send(services.id('mail'), { to: body.email, subject: `Your plan: ${plan.name}`, text });
      return { url };
    },
  }),
  route({
    method: 'POST',
    path: '/portal/api/open',
    access: 'open',
    body: openRequest,
    handle: async ({ body, setCookie }, services) => setCookie(guestCookie, await openPortal(services, body.token), guestDays),
  }),
  route({
    method: 'GET',
    path: '/portal/api/plan',
    access: 'guest',
    answer: portalPlan,
    handle: ({ caller }, services) => viewFor(services, guestOf(caller)),
  }),
  route({
    method: 'POST',
    path: '/portal/api/tasks/:id/complete',
    access: 'guest',
    answer: portalPlan,
    handle: async ({ caller, params }, services) => {
      const guest = guestOf(caller);
      await completeTask(services, guest, params.id ?? '');
      return viewFor(services, guest);
    },
  }),
];

function guestOf(caller: Caller): Guest {
  if (caller.kind !== 'guest') throw new Problem('signed_out', 401, 'Open the link in your mail to see your plan.');
  return caller;
}

async function viewFor(services: Services, guest: Guest): Promise<PortalPlan> {
  const answer = await readPlan(services, guest.scope, guest.plan);
  const plan = await findPlan(services, guest.scope, guest.plan);
  const workspace = await findWorkspace(services.db, guest.scope.workspace);
  return toPortalPlan(answer, {
    workspace: workspace?.name ?? '',
    guest: guest.email,
    helper: plan?.owner ?? { name: '', email: '' },
    asOf: services.clock.now(),
  });
}

/** Only what is the customer's, shown to them, and closed by hand. Anything else does not exist for a guest. */
async function completeTask(services: Services, guest: Guest, id: string): Promise<void> {
  const plan = await findPlan(services, guest.scope, guest.plan);
  const task = plan?.phases.flatMap((phase) => phase.tasks).find((each) => each.id === id && !each.internal && each.owner === 'customer');
  if (!plan || !task) throw new Problem('not_found', 404, 'There is no such task in your plan.');
  if (task.completion.type !== 'manual')
    throw new Problem('closes_by_itself', 409, 'This step closes by itself once it is done in the product. Nothing was changed.');
  const now = services.clock.now();
  const entry = await services.db.transaction({ as: 'request', scope: guest.scope }, async (tx) => {
    await noteDeed(tx, {
      workspace: guest.scope.workspace,
      actor: guest.email,
      action: 'plan.complete_task',
      object: `${guest.plan}/${id}`,
      id: services.id('au'),
      at: now,
    });
    const payload = { plan: guest.plan, task: id };
    return command(tx, {
      scope: guest.scope,
      id: services.id('cmd'),
      slice: 'plans',
      name: planCommands.complete,
      subject: { kind: 'account', id: plan.account },
      actor: guest.email,
      payload,
      now,
    });
  });
  services.signal.publish('outbox', {});
  await services.applied(guest.scope, entry);
}
