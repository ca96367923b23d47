import { beginPlan } from '@gangway/product/features/plans/server/routes.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import type { Path } from '@gangway/product/pipeline/path.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { drafts } from '@gangway/product/pipeline/tables.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import { authoredSlices } from '../http/authored-slices.ts';
import { demoDefinitions } from './demo-content.ts';
import { demoPeopleEvents } from './demo-people.ts';

/**
 * Fills the demo environment once: milestones, a tour, a checklist, a playbook and a funnel are published as an
 * author would, a month of people comes in through the ingest, and Acme's plan starts.
 */
export async function seedDemo(input: {
  services: Services;
  path: Path;
  scope: Scope;
  demoUrl: string;
  owner: { name: string; email: string };
}): Promise<void> {
  const { services, path, scope, demoUrl, owner } = input;
  const known = await services.db.transaction({ as: 'request', scope }, (tx) => tx.list(drafts, { where: scopeColumns(scope), limit: 1 }));
  if (known.length > 0) return;
  let last = '';
  for (const { slice, id, body } of demoDefinitions(demoUrl)) {
    const checked = authoredSlices[slice]?.parse(body) as Json;
    const author = { scope, slice, id, by: owner.email, now: services.clock.now() };
    const published = await services.db.transaction({ as: 'request', scope }, async (tx) => {
      await saveDraft(tx, author, { body: checked, revision: 0 });
      return publish(tx, author, { revision: 1, everyone: true });
    });
    last = published.entry;
  }
  services.signal.publish('outbox', {});
  await services.applied(scope, last);
  const receivedAt = services.clock.now();
  await path.offer(scope, {
    body: { batch: demoPeopleEvents(receivedAt) },
    context: { receivedAt, key: 'secret', requestId: 'demo-people' },
  });
  const start = new Date(receivedAt - 2 * 86_400_000).toISOString().slice(0, 10);
  await beginPlan(services, scope, { account: 'acme', playbook: 'launch', name: 'Acme: launch in ten days', start, owner });
}
