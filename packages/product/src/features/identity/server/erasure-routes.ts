import { type Download, emailOf, type Route, route } from '../../../ports/http/route.ts';
import { requirePerson } from '../../people/server/reader.ts';
import { eraseRequest, erasureAnswer, erasuresAnswer } from '../contract.ts';
import { askErasure, listErasures, shown } from './erase-person.ts';
import type { PersonTable } from './erase-rows.ts';
import { exportPerson } from './export-person.ts';

/**
 * What a person may ask of us: everything that is held of them, and to be deleted. For the owner, who is asked.
 *
 * @param wake tells the runner that there is work
 * @param tables every declared table
 */
export function erasureRoutes(wake: () => void, tables: readonly PersonTable[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/e/:environment/people/:id/export',
      access: 'owner',
      handle: async ({ scope, params }, services): Promise<Download | undefined> =>
        exportPerson(services, scope, { person: await requirePerson(services.db, scope, params.id ?? ''), tables }),
    }),
    route({
      method: 'POST',
      path: '/api/e/:environment/people/:id/erase',
      access: 'owner',
      body: eraseRequest,
      answer: erasureAnswer,
      handle: async ({ scope, params, body, caller }, services) => {
        const row = await askErasure(services, scope, { id: params.id ?? '', confirm: body.confirm, by: emailOf(caller) });
        wake();
        return shown(row, 0);
      },
    }),
    route({
      method: 'GET',
      path: '/api/e/:environment/erasures',
      access: 'owner',
      answer: erasuresAnswer,
      handle: async ({ scope }, services) => ({ erasures: await listErasures(services, scope) }),
    }),
  ];
}
