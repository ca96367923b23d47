import { Problem } from '../../../kernel/problem.ts';
import { type Download, type Route, route } from '../../../ports/http/route.ts';
import { findPerson } from '../../people/server/reader.ts';
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
      handle: async ({ scope, params }, services): Promise<Download | undefined> => {
        const person = await findPerson(services.db, scope, params.id ?? '');
        if (!person) throw new Problem('not_found', 404, 'There is no such person in this environment.');
        return exportPerson(services, scope, person);
      },
    }),
    route({
      method: 'POST',
      path: '/api/e/:environment/people/:id/erase',
      access: 'owner',
      body: eraseRequest,
      answer: erasureAnswer,
      handle: async ({ scope, params, body, caller }, services) => {
        const by = caller.kind === 'nobody' ? '' : caller.email;
        const row = await askErasure(services, scope, { id: params.id ?? '', confirm: body.confirm, by });
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
