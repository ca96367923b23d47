import { type Download, emailOf, type Route, route } from '../../../ports/http/route.ts';
import { requirePerson } from '../../people/server/reader.ts';
import { eraseRequest, erasureAnswer, erasuresAnswer } from '../contract.ts';
import { askErasure, listErasures, shown } from './erase-person.ts';
import { exportPerson } from './export-person.ts';

/** What a person may ask of us: everything that is held of them, and to be deleted. For the owner, who is asked. */
export function erasureRoutes(wake: () => void): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/e/:environment/people/:id/export',
      access: 'owner',
      handle: async ({ scope, params }, services): Promise<Download | undefined> =>
        exportPerson(services, scope, await requirePerson(services.db, scope, params.id ?? '')),
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
        return shown(row, []);
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
