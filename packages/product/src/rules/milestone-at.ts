import { own } from '../kernel/own.ts';
import type { Facts } from './facts.ts';

/** When the subject reached a milestone, epoch milliseconds; undefined where it has not, or nothing is known of it. */
export function milestoneAt(facts: Facts, id: string): number | undefined {
  return facts.milestoneAt ? facts.milestoneAt(id) : own(facts.milestones ?? {}, id);
}
