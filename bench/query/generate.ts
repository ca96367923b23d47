import type { WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import type { Random } from '../../e2e/torture/random.ts';

export const scope = 'w_bench/production';
export const firstDay = Date.UTC(2024, 1, 1);
export const days = 90;
export const day = 86_400_000;
/** Twenty events, the first ones frequent; a funnel goes through three of them. */
export const names = [
  'Page Viewed',
  'Board Opened',
  'Card Moved',
  'Card Made',
  'Comment Written',
  'Search Used',
  'Signed In',
  'Board Made',
  'File Added',
  'Member Invited',
  'Signed Up',
  'Plan Viewed',
  'Import Run',
  'Export Run',
  'Filter Saved',
  'Theme Changed',
  'Key Made',
  'Webhook Made',
  'Plan Bought',
  'Plan Left',
];
const plans = ['free', 'pro', 'team', 'enterprise'];

/** One person in fifty rows. */
export function peopleOf(rows: number): number {
  return Math.max(1, Math.floor(rows / 50));
}

/** Rows in the order of their time, as the log brings them; a few people do much, most do little. */
export function* generateRows(count: number, random: Random): Generator<WarehouseRow> {
  const people = peopleOf(count);
  for (let index = 0; index < count; index++) {
    const person = 1 + Math.floor(people * random.next() ** 2);
    const name = names[Math.floor(names.length * random.next() ** 2)] ?? '';
    const properties = `{"plan":"${plans[person % plans.length]}","seats":${random.below(200)},"source":"web"}`;
    const time = firstDay + Math.floor((index / count) * days * day);
    const k = time * 4096 + (index % 4096);
    yield { scope, k, kind: 'event', name, type: 'track', person, account: `a${person % 1000}`, id: `m-${index.toString(36)}`, properties };
  }
}
