import type { JsonObject } from '@gangway/product/kernel/json.ts';

const names = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Hedy Lamarr',
  'Katherine Johnson',
  'Tim Berners-Lee',
  'Radia Perlman',
  'Barbara Liskov',
  'Edsger Dijkstra',
  'Annie Easley',
  'Donald Knuth',
  'Frances Allen',
  'Ken Thompson',
  'Adele Goldberg',
  'John Backus',
  'Karen Spärck Jones',
  'Niklaus Wirth',
  'Mary Jackson',
  'Leslie Lamport',
  'Shafi Goldwasser',
  'Tony Hoare',
  'Margaret Hamilton',
  'Dennis Ritchie',
  'Evelyn Boyd Granville',
] as const;
const companies = [
  { id: 'northwind', name: 'Northwind Traders' },
  { id: 'contoso', name: 'Contoso Freight' },
  { id: 'fabrikam', name: 'Fabrikam Tools' },
  { id: 'acme', name: 'Acme' },
] as const;
const day = 86_400_000;
const minute = 60_000;

/**
 * A month of two dozen invented people, so that lists, funnels and timelines have something to show. Always the
 * same people; only the days move with `now`. Their events go in through the front door like anybody's.
 *
 * @param now epoch milliseconds
 */
export function demoPeopleEvents(now: number): JsonObject[] {
  return names.flatMap((name, index) => onePerson(name, index, now));
}

function onePerson(name: string, index: number, now: number): JsonObject[] {
  const company = companies[index % companies.length] ?? companies[0];
  const userId = `demo-${name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, '-')}`;
  const began = now - (29 - index) * day - ((index * 37) % 9) * 60 * minute;
  const at = (minutes: number) => new Date(began + minutes * minute).toISOString();
  const common = { userId, context: { groupId: company.id } };
  const event = (minutes: number, order: number, type: string, rest: JsonObject): JsonObject => ({
    ...common,
    type,
    messageId: `${userId}-${order}`,
    timestamp: at(minutes),
    ...rest,
  });
  const track = (minutes: number, order: number, name_: string, properties: JsonObject = {}) =>
    event(minutes, order, 'track', { event: name_, properties });
  const email = `${userId.slice(5)}@${company.id}.example`;
  const events = [
    event(0, 0, 'identify', { traits: { name, email } }),
    event(0, 1, 'group', { groupId: company.id, traits: { name: company.name } }),
    track(0, 2, 'Signed Up', { company: company.name }),
  ];
  // Acme has only just signed: its plan is the one to watch.
  if (company.id === 'acme') return events.filter((each) => Date.parse(String(each.timestamp)) <= now);
  // Two in three get to a board, half of them further: a funnel with a shape, not a staircase of ones.
  if (index % 3 !== 2) events.push(track(6, 3, 'Board Created', { boardId: `b-${index}`, name: 'First project' }));
  if (index % 3 !== 2 && index % 2 === 0) events.push(track(12, 4, 'Teammate Invited', { emailDomain: `${company.id}.example` }));
  if (index % 4 === 0)
    for (const step of [0, 1, 2, 3]) events.push(track(60 + step * 90, 5 + step, 'Card Moved', { from: 'To do', to: 'Doing' }));
  if (index % 6 === 0) events.push(track(3000, 9, 'Plan Chosen', { plan: 'team' }));
  return events.filter((each) => Date.parse(String(each.timestamp)) <= now);
}
