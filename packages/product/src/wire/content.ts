import { z } from 'zod';
import { safeHref } from '../kernel/content.ts';

const inline = z.strictObject({
  text: z.string().max(2000),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  href: z.string().max(2000).refine(safeHref, 'links may be http, https, mailto or a path').optional(),
});

export const blockSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), children: z.array(inline).max(50) }),
  z.strictObject({ type: z.literal('list'), items: z.array(z.array(inline).max(20)).max(20) }),
]);
