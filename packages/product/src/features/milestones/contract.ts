import { z } from 'zod';
import type { Rule } from '../../rules/rule.ts';
import { ruleSchema } from '../../wire/rule.ts';
import { longText, nameText } from '../../wire/text.ts';

export const milestoneBody = z
  .strictObject({
    name: nameText,
    description: longText,
    subject: z.enum(['person', 'account']),
    rule: ruleSchema,
    role: z.enum(['activation', 'aha', 'golden_feature', 'go_live', 'progress']),
  })
  .refine((milestone) => milestone.subject === 'person' || !countsEvents(milestone.rule), {
    path: ['rule'],
    message:
      "An account's milestone asks for its traits and for milestones that its people reach: make a person's milestone of the event first.",
  });

function countsEvents(rule: Rule): boolean {
  if (rule.type === 'all' || rule.type === 'any') return rule.of.some(countsEvents);
  return rule.type === 'not' ? countsEvents(rule.rule) : rule.type === 'event';
}
