import type { Signal, Signals, Topic } from '@gangway/product/ports/signal/signal.ts';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';

export interface NatsSignalOptions {
  readonly connection: NatsConnection;
  /** First part of the subjects, for several installations on one server. */
  readonly prefix?: string;
  /** Takes what went wrong: a handler that threw, a payload that the server does not take. */
  readonly report?: (error: unknown) => void;
}

/** Signals over core NATS: at most once, nothing stored. The connection belongs to the caller. */
export function createNatsSignal({ connection, prefix = 'gangway', report = () => undefined }: NatsSignalOptions): Signal {
  const subscriptions = new Set<Subscription>();
  const subjectOf = (topic: Topic) => `${prefix}.signal.${topic}`;
  return {
    publish<T extends Topic>(topic: T, payload: Signals[T]) {
      try {
        connection.publish(subjectOf(topic), JSON.stringify(payload));
      } catch (error) {
        // A signal is a hint: a closed connection or a payload beyond the server's limit loses no data.
        report(error);
      }
    },
    subscribe<T extends Topic>(topic: T, handler: (payload: Signals[T]) => void) {
      const subscription = connection.subscribe(subjectOf(topic), {
        callback(error, message) {
          try {
            if (error) throw error;
            handler(message.json<Signals[T]>());
          } catch (thrown) {
            report(thrown);
          }
        },
      });
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
        if (!subscription.isClosed()) subscription.unsubscribe();
      };
    },
    async close() {
      for (const subscription of subscriptions) if (!subscription.isClosed()) subscription.unsubscribe();
      subscriptions.clear();
    },
  };
}
