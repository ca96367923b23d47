import type { Checklist } from '@gangway/product/features/checklists/checklist.ts';
import type { Tour } from '@gangway/product/features/guides/guide.ts';
import type { Milestone } from '@gangway/product/features/milestones/milestone.ts';
import type { PlanAnswer } from '@gangway/product/features/plans/contract.ts';
import type { Playbook } from '@gangway/product/features/playbooks/playbook.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import type { DefinitionAnswer } from '@gangway/product/wire/definitions.ts';
import type { TestServer } from './start-test-server.ts';

/** Did it at least so often, ever or within a window of milliseconds. */
export function did(name: string, times = 1, within?: number): Rule {
  return { type: 'event', name, operator: 'at_least', times, ...(within === undefined ? {} : { within }) };
}

export function milestoneOf(rule: Rule, input: Partial<Milestone> = {}): Milestone {
  return { name: 'A milestone', description: '', subject: 'person', role: 'progress', rule, ...input };
}

export function tourOf(audience: Rule, input: Partial<Tour> = {}): Tour {
  const step = { id: 'one', title: 'Look', body: [], placement: 'bottom', advanceOnClick: false, missing: 'skip', timeout: 0 } as const;
  return { name: 'A tour', audience, start: 'auto', steps: [step], ...input };
}

/** A checklist with one item a milestone; items are named like their milestones. */
export function checklistOf(audience: Rule, milestones: readonly string[]): Checklist {
  const items = milestones.map((milestone) => ({ id: milestone, title: milestone, description: '', milestone }));
  return { name: 'A checklist', audience, title: 'Get started', intro: '', items };
}

/** Tasks of every kind: internal, the vendor's, the customer's by hand, and one that a fact closes. */
export function playbookOf(milestone: string): Playbook {
  const task = { why: '', dueDay: 1, minutes: 5, internal: false, completion: { type: 'manual' as const } };
  return {
    name: 'A playbook',
    description: '',
    phases: [
      {
        id: 'first',
        title: 'First',
        tasks: [
          { ...task, id: 'notes', title: 'Secret notes', owner: 'vendor', internal: true },
          { ...task, id: 'hidden', title: 'Hidden work', owner: 'customer', internal: true },
          { ...task, id: 'kickoff', title: 'Kickoff', owner: 'vendor' },
          { ...task, id: 'invite', title: 'Name your champion', owner: 'customer' },
          { ...task, id: 'board', title: 'Make a board', owner: 'customer', completion: { type: 'milestone', milestone, people: 1 } },
        ],
      },
    ],
  };
}

/** Saves and publishes as an author does over HTTP. Resolves when the version holds. */
export async function publishBody(
  server: Pick<TestServer, 'owner' | 'environment' | 'settle'>,
  key: { slice: string; id: string; backfill?: 'everyone' | 'from_now' },
  body: unknown,
): Promise<DefinitionAnswer> {
  const path = `/api/e/${server.environment.id}/definitions/${key.slice}/${key.id}`;
  const known = await server.owner.get<Partial<DefinitionAnswer>>(path);
  const saved = await server.owner.send<DefinitionAnswer>('PUT', path, { body: { body, revision: known.body.revision ?? 0 } });
  if (saved.status !== 200) throw new Error(`draft ${key.slice}/${key.id} was refused: ${saved.text}`);
  const publishing = server.owner.post<DefinitionAnswer>(`${path}/publish`, {
    revision: saved.body.revision,
    backfill: key.backfill ?? 'everyone',
  });
  const answer = await whileSettling(server, publishing);
  if (answer.status !== 200) throw new Error(`publishing ${key.slice}/${key.id} was refused: ${answer.text}`);
  return answer.body;
}

/** Where a test takes the path's steps itself, somebody must take them while a request waits for its entry. */
export async function whileSettling<T>(server: Pick<TestServer, 'settle'>, request: Promise<T>): Promise<T> {
  let done = false;
  const answered = request.finally(() => {
    done = true;
  });
  while (!done) {
    await server.settle();
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 10))]);
  }
  return answered;
}

/** A running plan of the account `acme` from a playbook of {@link playbookOf}; publishes what it needs. */
export async function startAcmePlan(server: TestServer, milestone: string): Promise<PlanAnswer> {
  await publishBody(server, { slice: 'playbooks', id: 'launch' }, playbookOf(milestone));
  const request = { account: 'acme', playbook: 'launch', name: 'Acme launch', start: '2026-01-05' };
  const answer = await whileSettling(server, server.owner.post<PlanAnswer>(`/api/e/${server.environment.id}/plans`, request));
  if (answer.status !== 200) throw new Error(`the plan was refused: ${answer.text}`);
  return answer.body;
}

/** The cookie of a guest who has opened a link to this plan. */
export async function guestCookieFor(server: TestServer, plan: string): Promise<string> {
  const path = `/api/e/${server.environment.id}/plans/${plan}/portal-link`;
  const { body } = await server.owner.post<{ url: string }>(path, { email: 'gina@acme.example' });
  const opened = await server.as(undefined).post('/portal/api/open', { token: body.url.split('#')[1] });
  return (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
