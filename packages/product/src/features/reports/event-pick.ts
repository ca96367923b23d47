import { type PropertyTest, passes } from './property-test.ts';

/** An event by name, or a milestone; every test of its properties must pass. */
export type NamedPick =
  | { readonly type: 'event'; readonly name: string; readonly where?: readonly PropertyTest[] | undefined }
  | { readonly type: 'milestone'; readonly id: string; readonly where?: readonly PropertyTest[] | undefined };

/** Which rows are meant; `any` means every event, but no milestone. */
export type EventPick = NamedPick | { readonly type: 'any'; readonly where?: readonly PropertyTest[] | undefined };

/** What a pick looks at. */
export interface PickedFrom {
  readonly kind: 'event' | 'milestone';
  readonly name: string;
  readonly properties: string;
}

export function meets(row: PickedFrom, pick: EventPick): boolean {
  return isNamed(row, pick) && (pick.where ?? []).every((test) => passes(row.properties, test));
}

function isNamed(row: PickedFrom, pick: EventPick): boolean {
  if (pick.type === 'any') return row.kind === 'event';
  return row.kind === pick.type && row.name === (pick.type === 'event' ? pick.name : pick.id);
}
