import type { Environment } from '../kit/api/environment.tsx';

const key = 'gangway.environment';

/** Remembers which environment was open, in this browser. */
export function rememberEnvironment(id: string): void {
  localStorage.setItem(key, id);
}

/**
 * Where `/` leads: the environment that was open last; else production when it has people, else the demo, else
 * whichever there is. Undefined when the workspace has none.
 */
export function chooseEnvironment(environments: readonly Environment[], productionIsEmpty: boolean): Environment | undefined {
  const last = environments.find((environment) => environment.id === localStorage.getItem(key));
  const ofKind = (kind: Environment['kind']) => environments.find((environment) => environment.kind === kind);
  if (last) return last;
  return (productionIsEmpty ? (ofKind('demo') ?? ofKind('production')) : (ofKind('production') ?? ofKind('demo'))) ?? environments[0];
}
