import { checklistsDomain } from '@gangway/product/features/checklists/index.ts';
import { cohortsDomain } from '@gangway/product/features/cohorts/index.ts';
import { guidesDomain } from '@gangway/product/features/guides/index.ts';
import { milestonesDomain } from '@gangway/product/features/milestones/index.ts';
import { plansDomain } from '@gangway/product/features/plans/index.ts';
import { segmentsDomain } from '@gangway/product/features/segments/index.ts';
import type { SliceDomain } from '@gangway/product/kernel/slice.ts';

/** The pure halves of all slices, in the order in which they react. */
export const domains: readonly SliceDomain[] = [
  milestonesDomain,
  guidesDomain,
  checklistsDomain,
  plansDomain,
  segmentsDomain,
  cohortsDomain,
];
