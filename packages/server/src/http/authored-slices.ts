import { checklistBody } from '@gangway/product/features/checklists/contract.ts';
import { cohortBody } from '@gangway/product/features/cohorts/contract.ts';
import { tourBody } from '@gangway/product/features/guides/contract.ts';
import { milestoneBody } from '@gangway/product/features/milestones/contract.ts';
import { playbookBody } from '@gangway/product/features/playbooks/contract.ts';
import { reportBody } from '@gangway/product/features/reports/contract.ts';
import { segmentBody } from '@gangway/product/features/segments/contract.ts';
import type { ZodType } from 'zod';

/** The slices whose definitions people author, with the schema that a body must pass. */
export const authoredSlices: Readonly<Record<string, ZodType>> = {
  guides: tourBody,
  checklists: checklistBody,
  milestones: milestoneBody,
  playbooks: playbookBody,
  reports: reportBody,
  segments: segmentBody,
  cohorts: cohortBody,
};
