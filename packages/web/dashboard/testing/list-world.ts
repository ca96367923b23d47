import type { makeWorld } from './world-routes.ts';

type World = ReturnType<typeof makeWorld>;

/**
 * Adds the list “Guests” to a world; `ids` are on it, and may be changed. A search finds all of them in one page;
 * without one a page holds one person, so that the list grows to several.
 */
export function withGuests(world: World, ids: string[]): World {
  const list = { id: 'guests', draft: { name: 'Guests', description: '' }, live: true, revision: 1, version: 1 };
  return {
    ...world,
    answer: (asked) => {
      if (asked.path.endsWith('/definitions/cohorts/guests')) return { status: 200, body: list };
      if (!asked.path.endsWith('/cohorts/guests/people')) return world.answer(asked);
      if (asked.method === 'POST') {
        const { removePeople = [] } = asked.body as { removePeople?: readonly string[] };
        ids.splice(0, ids.length, ...ids.filter((id) => !removePeople.includes(id)));
        return { status: 200, body: { added: 0, removed: removePeople.length, unknown: [] } };
      }
      const start = Number(asked.query.get('after') ?? 0);
      const end = asked.query.has('search') ? ids.length : start + 1;
      const people = ids.slice(start, end).map((id) => ({ id, label: id, userId: id, since: 0 }));
      return { status: 200, body: { people, total: ids.length, next: end < ids.length ? String(end) : null } };
    },
  };
}
