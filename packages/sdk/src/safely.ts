import { type Gangway, methods } from './api.ts';

/** Wraps the API so that whatever goes wrong inside stays inside; the console learns of it. */
export function safely(inner: Gangway): Gangway {
  const wrap =
    (method: keyof Gangway) =>
    (...given: unknown[]) => {
      try {
        return (inner[method] as (...given: unknown[]) => unknown).apply(inner, given);
      } catch (reason) {
        console.warn(`Gangway: ${method} failed.`, reason);
        return method === 'flush' ? Promise.resolve() : undefined;
      }
    };
  return Object.fromEntries(methods.map((method) => [method, wrap(method)])) as unknown as Gangway;
}
