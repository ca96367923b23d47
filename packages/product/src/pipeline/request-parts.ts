import { type Door, openDoor } from '../kernel/door.ts';
import { isObject, type Json, type JsonObject } from '../kernel/json.ts';
import type { AcceptContext } from './accept.ts';
import { byteLength } from './byte-length.ts';
import { sanitize } from './sanitize.ts';
import { instant } from './skew.ts';
import { truncateAddress } from './truncate-address.ts';

/** What all events of a request have in common, worked out once for all of them. */
export interface CommonToAll {
  readonly input: AcceptContext;
  readonly door: Door;
  /** The context and the switches that a batch gives to each of its events; empty where it gives none. */
  readonly context: JsonObject;
  readonly integrations: JsonObject;
  /** Of both: each event has them, so they count as its own. */
  readonly bytes: number;
  /** When the batch was sent, by the sender's clock, epoch milliseconds. */
  readonly sentAt: number | undefined;
  /** The neighbourhood of the address from which the request came; of no use to events that do not ask for it. */
  readonly neighbourhood: string | undefined;
}

/**
 * @param batch the call's own members; an empty object for a single event
 * @returns undefined when what it gives to all is nested deeper than `depth`
 */
export function commonToAll(batch: JsonObject, input: AcceptContext, depth: number): CommonToAll | undefined {
  const context = sanitize(objectOr(batch.context), depth) as JsonObject | undefined;
  const integrations = sanitize(objectOr(batch.integrations), depth) as JsonObject | undefined;
  if (context === undefined || integrations === undefined) return undefined;
  return {
    input,
    door: input.door ?? openDoor,
    context,
    integrations,
    bytes: bytesForAll(batch),
    sentAt: instant(batch.sentAt),
    neighbourhood: input.sender && truncateAddress(input.sender.address),
  };
}

/** Bytes that a batch gives to each of its events. */
export function bytesForAll({ context, integrations }: JsonObject): number {
  const bytes = (value: Json | undefined) => (isObject(value) ? byteLength(JSON.stringify(value)) : 0);
  return bytes(context) + bytes(integrations);
}

export function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : nothing;
}

const nothing: JsonObject = {};
