import type { PlanSummary } from '@gangway/product/features/plans/contract.ts';
import type { SessionAnswer } from '@gangway/product/features/workspace/contract.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { watchPage } from './support/watch-page.ts';

/** A server that runs, as a newcomer has it. */
export interface Started {
  readonly dashboard: string;
  readonly demo: string | null;
  readonly signIn: string;
}

/** What was seen, and how long after its event each effect showed: milliseconds, the median of three events. */
export interface Seen {
  readonly effects: Readonly<Record<'checklist' | 'task' | 'funnel', number>>;
  readonly complaints: readonly string[];
}

const visible = { timeout: 10_000 };

/**
 * A newcomer signs in with the one-time link, signs up in the demo application as somebody of Acme, makes a
 * board, and watches that one event tick the checklist, close a task of Acme's plan, move the funnel and explain
 * itself.
 */
export async function tellStory(browser: Browser, server: Started): Promise<Seen> {
  const office = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const visitor = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const home = await office.newPage();
  const complaints = watchPage(home);
  const environment = await enter(office, home, server);
  // A browser has six connections to a server, and every open screen holds one: the two that are watched stay open.
  await home.close();
  const plan = await office.newPage();
  const planComplaints = watchPage(plan);
  await openPlan(plan, server, environment);
  const funnel = await office.newPage();
  await funnel.goto(new URL(`/e/${environment}/funnels/sign-up-to-habit`, server.dashboard).href);
  await funnel.getByText('First board created').first().waitFor(visible);
  const app = await visitor.newPage();
  const appComplaints = watchPage(app);
  await signUp(app, server);
  const launcher = app.locator('[data-part=launcher]');
  await launcher.getByText('0 of 4').waitFor(visible);
  await app.locator('[data-part=card]').waitFor(visible);
  const times: Effects[] = [];
  for (const [index, deed] of deeds.entries()) {
    const shown = await watchDeed({ app, plan, funnel }, deed, index + 1);
    times.push(sinceEvent(shown, await eventTime(office, server, { environment, name: deed.event })));
  }
  await launcher.click();
  await app.locator('[data-item-id=board][data-ticked=true]').waitFor(visible);
  await explainItself(office, server, environment);
  await office.close();
  await visitor.close();
  return { effects: medians(times), complaints: [...complaints, ...planComplaints, ...appComplaints] };
}

type Effects = Readonly<Record<'checklist' | 'task' | 'funnel', number>>;

/** Something a person does in the demo application, and where its one event shows. */
interface Deed {
  /** Everything up to the click that does it. */
  prepare(app: Page): Promise<void>;
  click(app: Page): Promise<void>;
  /** The event that the demo application sends for it. */
  readonly event: string;
  /** What the plan says then. */
  readonly closes: string;
  /** The step of the funnel that grows. */
  readonly step: string;
}

const deeds: readonly Deed[] = [
  {
    prepare: async (app) => {
      await app.getByTestId('new-board').click();
      await app.getByTestId('board-name').fill('Launch');
    },
    click: (app) => app.getByTestId('create-board').click(),
    event: 'Board Created',
    closes: 'Closed by “First board created”',
    step: 'First board created',
  },
  {
    prepare: async (app) => {
      await app.getByTestId('nav-team').click();
      await app.getByTestId('invite-teammate').click();
      await app.getByTestId('invite-email').fill('sam@acme.example');
    },
    click: (app) => app.getByTestId('send-invite').click(),
    event: 'Teammate Invited',
    closes: 'Closed by “Teammate invited”',
    step: 'Activated',
  },
  {
    prepare: (app) => app.getByTestId('nav-plans').click(),
    click: (app) => app.getByTestId('choose-plan-team').click(),
    event: 'Plan Chosen',
    closes: 'Closed by “Plan chosen”',
    step: 'Plan Chosen',
  },
];

/** Does it, and says when each of its three effects showed, epoch milliseconds. */
async function watchDeed({ app, plan, funnel }: Record<'app' | 'plan' | 'funnel', Page>, deed: Deed, ticked: number): Promise<Effects> {
  await deed.prepare(app);
  await app
    .locator('[data-part=launcher]')
    .getByText(`${ticked - 1} of 4`)
    .waitFor(visible);
  const before = await peopleAt(funnel, deed.step);
  await deed.click(app);
  const when = (shown: Promise<unknown>) => shown.then(() => Date.now());
  const [checklist, task, bar] = await Promise.all([
    when(app.locator('[data-part=launcher]').getByText(`${ticked} of 4`).waitFor(visible)),
    when(plan.getByText(deed.closes).waitFor(visible)),
    when(untilPeopleAt(funnel, deed.step, before + 1)),
  ]);
  return { checklist, task, funnel: bar };
}

/** When the demo application says that it happened; it and the browser share this machine's clock. */
async function eventTime(context: BrowserContext, server: Started, event: { environment: string; name: string }): Promise<number> {
  const answer = await context.request.get(new URL(`/api/e/${event.environment}/live`, server.dashboard).href);
  const { events } = (await answer.json()) as { events: { name: string; time: number; personLabel: string | null }[] };
  const found = events.find(({ name, personLabel }) => name === event.name && personLabel === 'Mina Park');
  if (!found) throw new Error(`${event.name} is not among the latest events`);
  return found.time;
}

function sinceEvent(shown: Effects, time: number): Effects {
  return { checklist: shown.checklist - time, task: shown.task - time, funnel: shown.funnel - time };
}

/** The middle of three: one slow moment of the machine does not decide, two do. */
function medians(times: readonly Effects[]): Effects {
  const middle = (effect: keyof Effects) => times.map((each) => each[effect]).sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  return { checklist: middle('checklist'), task: middle('task'), funnel: middle('funnel') };
}

/** The link opens a page; only its button signs in. The demo environment is what a newcomer sees first. */
async function enter(context: BrowserContext, page: Page, server: Started): Promise<string> {
  await page.goto(server.signIn);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor(visible);
  const session = (await (await context.request.get(new URL('/api/session', server.dashboard).href)).json()) as SessionAnswer;
  const demo = session.environments.find((environment) => environment.kind === 'demo')?.id ?? '';
  expect(new URL(page.url()).pathname).toContain(demo);
  return demo;
}

async function openPlan(page: Page, server: Started, environment: string): Promise<void> {
  const answer = await page.context().request.get(new URL(`/api/e/${environment}/plans`, server.dashboard).href);
  const { plans } = (await answer.json()) as { plans: PlanSummary[] };
  await page.goto(new URL(`/e/${environment}/plans/${plans[0]?.id}`, server.dashboard).href);
  await page.getByText('Closes by itself when somebody reaches “First board created”').waitFor(visible);
}

async function signUp(page: Page, server: Started): Promise<void> {
  await page.goto(server.demo ?? '');
  await page.getByTestId('signup-name').fill('Mina Park');
  await page.getByTestId('signup-email').fill('mina@acme.example');
  await page.getByTestId('signup-company').fill('Acme');
  await page.getByTestId('signup-submit').click();
  await page.waitForURL('**/boards');
}

/** The number beside a step of the drawn funnel, as it is read to somebody who cannot see it. */
async function peopleAt(page: Page, step: string): Promise<number> {
  const label = await page.getByRole('button', { name: `, ${step}: ` }).getAttribute('aria-label', visible);
  return Number(/: ([\d\s.,]+) people/.exec(label ?? '')?.[1]?.replace(/\D/g, ''));
}

async function untilPeopleAt(page: Page, step: string, people: number): Promise<void> {
  await expect.poll(() => peopleAt(page, step), { ...visible, interval: 50 }).toBe(people);
}

/** The person's page answers why the tour is no longer shown, in words. */
async function explainItself(context: BrowserContext, server: Started, environment: string): Promise<void> {
  const base = new URL(`/api/e/${environment}/`, server.dashboard);
  const found = (await (await context.request.get(new URL('people?search=mina', base).href)).json()) as { people: { id: string }[] };
  const person = found.people[0]?.id ?? '';
  const page = await context.newPage();
  await page.goto(new URL(`/e/${environment}/people/${person}`, server.dashboard).href);
  await page.getByRole('heading', { name: 'Mina Park' }).waitFor(visible);
  await page.getByText('First board created').first().waitFor(visible);
  const why = (await (await context.request.get(new URL(`explain/guides/first-board-tour/${person}`, base).href)).json()) as {
    headline: string;
    conditions: { text: string; answer: string }[];
  };
  expect(why.headline).toMatch(/not in the audience|completed|dismissed/);
  expect(why.conditions.map(({ text }) => text)).toContain('has reached the milestone “First board created”');
}
