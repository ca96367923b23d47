import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import type { Cohort } from '../cohort.ts';

interface Calls {
  readonly newId: (name: string) => string;
  /** Saves the draft that follows the revision (0 = the first) and gives its own. */
  readonly save: (id: string, body: Cohort, revision: number) => Promise<number>;
  readonly publish: (id: string, revision: number) => Promise<unknown>;
}

/**
 * Makes one list, in as many tries as it takes: a try after one that came only half the way goes on with the same
 * list, under the name that it is given now. Gives the list's id.
 */
export function listMaker({ newId, save, publish }: Calls): (body: Cohort) => Promise<string> {
  let id: string | undefined;
  let revision = 0;
  let inUse: string | undefined;
  /** A save had no answer of the server's own, so it may have arrived. */
  let unsure = false;
  const saveAfter = async (list: string, body: Cohort, before: number) => {
    try {
      revision = await save(list, body, before);
      unsure = false;
    } catch (error) {
      const { status, code, detail } = asProblem(error);
      // A gateway that gave up waiting (502, 504) knows no more than a line that broke.
      if (status === 0 || status >= 500) unsure = true;
      if (!unsure || code !== 'conflict' || typeof detail.revision !== 'number') throw error;
      unsure = false;
      await saveAfter(list, body, detail.revision);
    }
  };
  return async (body) => {
    id ??= newId(body.name);
    const text = JSON.stringify(body);
    if (text === inUse) return id;
    await saveAfter(id, body, revision);
    await publish(id, revision);
    inUse = text;
    return id;
  };
}
