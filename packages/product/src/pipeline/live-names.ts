import type { Names } from '../rules/describe.ts';
import type { Registry } from './registry.ts';

/** Calls what is live by its name, as people who read an explanation know it; what is not live by its id. */
export function liveNames({ definitions, surfaces }: Pick<Registry, 'definitions' | 'surfaces'>): Names {
  const nameIn = (id: string, isMeant: (slice: string) => boolean) => {
    const body = definitions.find((each) => each.id === id && isMeant(each.slice))?.body as { name?: unknown } | undefined;
    return typeof body?.name === 'string' ? body.name : id;
  };
  const shown = new Set(surfaces.map(({ definition }) => definition.slice));
  return {
    milestone: (id) => nameIn(id, (slice) => slice === 'milestones'),
    segment: (id) => nameIn(id, (slice) => slice === 'segments'),
    cohort: (id) => nameIn(id, (slice) => slice === 'cohorts'),
    content: (id) => nameIn(id, (slice) => shown.has(slice)),
  };
}
