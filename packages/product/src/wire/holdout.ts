import { z } from 'zod';

/** Per cent of an audience from whom a content is kept back. More than half would be no guidance. */
export const holdoutShare = z.number().int('a holdout is a whole number of per cent').min(0).max(50, 'a holdout is 50 % at most');
