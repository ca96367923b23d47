import type { ChecklistContent, ChecklistItem } from '@gangway/product/features/checklists/checklist.ts';
import type { TourContent, TourStep } from '@gangway/product/features/guides/guide.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import type { BundleContent } from '@gangway/product/kernel/manifest.ts';

export function step(id: string, more: Partial<TourStep> = {}): TourStep {
  return {
    id,
    title: `About ${id}`,
    body: [{ type: 'paragraph', children: [{ text: `This is where ${id} lives. It takes a minute.` }] }],
    target: { testId: id },
    placement: 'bottom',
    advanceOnClick: false,
    missing: 'skip',
    timeout: 3000,
    ...more,
  };
}

export function tour(
  steps: readonly TourStep[],
  more: Partial<TourContent> & { readonly id?: string; readonly version?: number } = {},
): BundleContent {
  const { id = 'tour_1', version = 1, ...body } = more;
  const content: TourContent = { name: 'Welcome', start: 'auto', steps, ...body };
  return { id, kind: 'tour', version, body: content as unknown as Json };
}

export const fourItems: readonly ChecklistItem[] = [
  {
    id: 'board',
    title: 'Create your first board',
    description: 'A board holds the work of one team.',
    milestone: 'm1',
    action: { type: 'start_tour', guide: 'tour_1', label: 'Show me' },
  },
  {
    id: 'card',
    title: 'Add a card',
    description: 'One card for one piece of work.',
    milestone: 'm2',
    action: { type: 'navigate', url: '/cards', label: 'Go to cards' },
  },
  { id: 'invite', title: 'Invite a colleague', description: 'Work is better together.', milestone: 'm3' },
  { id: 'move', title: 'Move a card to Done', description: 'Drag it over, or press the right arrow.', milestone: 'm4' },
];

export function checklist(more: Partial<ChecklistContent> = {}): BundleContent {
  const body: ChecklistContent = {
    name: 'Getting started',
    title: 'Getting started',
    intro: 'Four small steps to your first board.',
    items: fourItems,
    ...more,
  };
  return { id: 'list_1', kind: 'checklist', version: 1, body: body as unknown as Json };
}
