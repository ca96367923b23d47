import type { Checklist } from '@gangway/product/features/checklists/checklist.ts';
import type { Tour } from '@gangway/product/features/guides/guide.ts';
import type { Milestone } from '@gangway/product/features/milestones/milestone.ts';
import type { Playbook } from '@gangway/product/features/playbooks/playbook.ts';
import type { Funnel } from '@gangway/product/features/reports/funnel.ts';
import type { Segment } from '@gangway/product/features/segments/index.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { demoReports } from './demo-reports.ts';

const did = (name: string, times = 1): Rule => ({ type: 'event', name, operator: 'at_least', times });
const signedUp: Rule = { type: 'trait', name: 'email', operator: 'exists' };
const paragraph = (text: string) => [{ type: 'paragraph' as const, children: [{ text }] }];

function milestone(name: string, description: string, rule: Rule, role: Milestone['role']): Milestone {
  return { name, description, subject: 'person', rule, role };
}

/** What Corkboard's people want to reach. */
export const milestones: Readonly<Record<string, Milestone>> = {
  'first-board': milestone('First board created', 'The person has made a board of their own.', did('Board Created'), 'aha'),
  'teammate-invited': milestone('Teammate invited', 'Somebody else is on the way in.', did('Teammate Invited'), 'progress'),
  'cards-moving': milestone(
    'Cards are moving',
    'At least three cards were moved within a week: the board is in use.',
    { type: 'event', name: 'Card Moved', operator: 'at_least', times: 3, within: 7 * 86_400_000 },
    'golden_feature',
  ),
  activated: milestone(
    'Activated',
    'Has a board, moves cards or has invited somebody.',
    { type: 'all', of: [did('Board Created'), { type: 'any', of: [did('Card Moved'), did('Teammate Invited')] }] },
    'activation',
  ),
  'plan-chosen': milestone('Plan chosen', 'The account has decided for a plan.', did('Plan Chosen'), 'progress'),
};

const firstBoardTour: Tour = {
  name: 'Make your first board',
  audience: {
    type: 'all',
    of: [signedUp, { type: 'not', rule: { type: 'milestone', id: 'first-board' } }, { type: 'page', path: '/boards' }],
  },
  start: 'auto',
  steps: [
    {
      id: 'new-board',
      title: 'Start with a board',
      body: paragraph('A board holds what you are working on. Open the form here.'),
      target: { testId: 'new-board' },
      placement: 'bottom',
      advanceOnClick: true,
      missing: 'skip',
      timeout: 4000,
    },
    {
      id: 'board-name',
      title: 'Give it a name',
      body: paragraph('The name of a project works well. You can change it later.'),
      target: { testId: 'board-name' },
      placement: 'top',
      advanceOnClick: false,
      missing: 'skip',
      timeout: 4000,
    },
  ],
};

const gettingStarted: Checklist = {
  name: 'Getting started with Corkboard',
  audience: signedUp,
  title: 'Get started',
  intro: 'Four small steps, about five minutes.',
  items: [
    {
      id: 'board',
      title: 'Create your first board',
      description: 'A place for your first project.',
      milestone: 'first-board',
      action: { type: 'start_tour', guide: 'first-board-tour', label: 'Show me' },
    },
    {
      id: 'invite',
      title: 'Invite a teammate',
      description: 'Boards are better with two.',
      milestone: 'teammate-invited',
      action: { type: 'navigate', url: '/team', label: 'Open team' },
    },
    { id: 'move', title: 'Move three cards', description: 'Drag them, or use the menu of a card.', milestone: 'cards-moving' },
    {
      id: 'plan',
      title: 'Choose a plan',
      description: 'Free is fine to begin with.',
      milestone: 'plan-chosen',
      action: { type: 'navigate', url: '/plans', label: 'See plans' },
    },
  ],
};

/** @param demoUrl where Corkboard runs, no slash at the end */
function launchPlaybook(demoUrl: string): Playbook {
  const byFact = (id: string, people = 1) => ({ type: 'milestone' as const, milestone: id, people });
  const task = { internal: false, completion: { type: 'manual' as const } };
  return {
    name: 'Launch in ten days',
    description: 'From the signature to a team that works with Corkboard.',
    phases: [
      {
        id: 'kickoff',
        title: 'Kickoff',
        tasks: [
          {
            ...task,
            id: 'handoff',
            title: 'Read the notes from sales',
            why: 'So that nobody has to tell us twice.',
            owner: 'vendor',
            dueDay: 0,
            minutes: 15,
            internal: true,
          },
          {
            ...task,
            id: 'goals',
            title: 'Agree on goals',
            why: 'We measure the launch by what you want to reach.',
            owner: 'customer',
            dueDay: 2,
            minutes: 30,
          },
        ],
      },
      {
        id: 'setup',
        title: 'Set-up',
        tasks: [
          {
            ...task,
            id: 'first-board',
            title: 'Create the first board',
            why: 'A real project shows more than a demonstration.',
            owner: 'customer',
            dueDay: 3,
            minutes: 5,
            completion: byFact('first-board'),
            url: `${demoUrl}/boards`,
          },
          {
            ...task,
            id: 'team',
            title: 'Bring the team in',
            why: 'A board for one is a list.',
            owner: 'customer',
            dueDay: 5,
            minutes: 10,
            completion: byFact('teammate-invited'),
            url: `${demoUrl}/team`,
          },
        ],
      },
      {
        id: 'live',
        title: 'Live',
        tasks: [
          {
            ...task,
            id: 'moving',
            title: 'Work on the board for a week',
            why: 'The habit is what pays off.',
            owner: 'customer',
            dueDay: 8,
            minutes: 60,
            completion: byFact('cards-moving'),
            url: `${demoUrl}/boards`,
          },
          {
            ...task,
            id: 'plan',
            title: 'Choose a plan',
            why: 'The trial ends after two weeks.',
            owner: 'customer',
            dueDay: 10,
            minutes: 5,
            completion: byFact('plan-chosen'),
            url: `${demoUrl}/plans`,
          },
        ],
      },
    ],
  };
}

const activationFunnel: Funnel = {
  name: 'Sign-up to habit',
  steps: [
    { type: 'event', name: 'Signed Up' },
    { type: 'milestone', id: 'first-board' },
    { type: 'milestone', id: 'activated' },
    { type: 'event', name: 'Plan Chosen' },
  ],
  within: 14 * 86_400_000,
};

const aloneOnABoard: Segment = {
  name: 'Alone on a board',
  description: 'Has a board, and has invited nobody: the ones to talk to.',
  rule: {
    type: 'all',
    of: [
      { type: 'milestone', id: 'first-board' },
      { type: 'not', rule: { type: 'milestone', id: 'teammate-invited' } },
    ],
  },
};

/** One definition to publish. */
export interface DemoDefinition {
  readonly slice: string;
  readonly id: string;
  readonly body: unknown;
}

/** Everything that is published in the demo environment, what is needed first comes first. */
export function demoDefinitions(demoUrl: string): DemoDefinition[] {
  return [
    ...Object.entries(milestones).map(([id, body]) => ({ slice: 'milestones', id, body })),
    { slice: 'guides', id: 'first-board-tour', body: firstBoardTour },
    { slice: 'checklists', id: 'getting-started', body: gettingStarted },
    { slice: 'playbooks', id: 'launch', body: launchPlaybook(demoUrl) },
    ...Object.entries(demoReports).map(([id, body]) => ({ slice: 'reports', id, body })),
    { slice: 'reports', id: 'sign-up-to-habit', body: activationFunnel },
    { slice: 'segments', id: 'alone-on-a-board', body: aloneOnABoard },
  ];
}
