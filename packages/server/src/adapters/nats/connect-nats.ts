import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface NatsOptions {
  /** `host:port`, one or several of a cluster. */
  readonly servers: readonly string[];
  readonly token?: string;
  readonly login?: { readonly user: string; readonly password: string };
}

/** One connection for the event log and the signals; its owner closes it. It comes back by itself after a break. */
export function connectNats({ servers, token, login }: NatsOptions): Promise<NatsConnection> {
  return connect({
    servers: [...servers],
    name: 'gangway',
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    ...(token !== undefined && { token }),
    ...(login && { user: login.user, pass: login.password }),
  });
}
