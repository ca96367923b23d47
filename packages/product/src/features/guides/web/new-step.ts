import { newPartId } from '@gangway/web/kit/definitions/new-definition-id.ts';
import type { Tour, TourStep } from '../guide.ts';

/** A fresh step: a card in the middle of the page until it is pointed at something. */
export function newStep(taken: readonly TourStep[]): TourStep {
  return {
    id: newPartId(
      'step',
      taken.map((step) => step.id),
    ),
    title: '',
    body: [],
    placement: 'bottom',
    advanceOnClick: false,
    missing: 'skip',
    timeout: 5000,
  };
}

/** A copy of a step with an id of its own. */
export function copyStep(step: TourStep, taken: readonly TourStep[]): TourStep {
  return {
    ...step,
    id: newPartId(
      'step',
      taken.map((other) => other.id),
    ),
  };
}

/** The first draft of a tour: for everyone, one welcoming card. */
export function newTour(name: string): Tour {
  return { name, audience: { type: 'all', of: [] }, start: 'auto', steps: [{ ...newStep([]), title: 'Welcome' }] };
}
