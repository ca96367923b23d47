import { type Door, openDoor } from '../kernel/door.ts';
import { isObject, type Json, type JsonObject } from '../kernel/json.ts';
import type { AcceptContext } from './accept.ts';
import { instant } from './skew.ts';
import { truncateAddress } from './truncate-address.ts';

/** What all events of a request have in common, worked out once for all of them. */
export interface CommonToAll {
  readonly input: AcceptContext;
  readonly door: Door;
  /** The context and the switches that a batch gives to each of its events; empty where it gives none. */
  readonly context: JsonObject;
  readonly integrations: JsonObject;
  /** When the batch was sent, by the sender's clock, epoch milliseconds. */
  readonly sentAt: number | undefined;
  /** The neighbourhood of the address from which the request came; of no use to events that do not ask for it. */
  readonly neighbourhood: string | undefined;
}

/** @param batch the call's own members; an empty object for a single event */
export function commonToAll(batch: JsonObject, input: AcceptContext): CommonToAll {
  return {
    input,
    door: input.door ?? openDoor,
    context: objectOr(batch.context),
    integrations: objectOr(batch.integrations),
    sentAt: instant(batch.sentAt),
    neighbourhood: input.sender && truncateAddress(input.sender.address),
  };
}

export function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : nothing;
}

const nothing: JsonObject = {};
