import { createContext, type ReactNode, useContext } from 'react';
import type { SessionAnswer } from './answers.ts';

export type Environment = SessionAnswer['environments'][number];

const SessionContext = createContext<SessionAnswer | undefined>(undefined);
const EnvironmentContext = createContext<Environment | undefined>(undefined);

/** Gives the screens below it the signed-in session and the environment that is open. */
export function EnvironmentProvider(props: { session: SessionAnswer; environment: Environment; children: ReactNode }) {
  return (
    <SessionContext value={props.session}>
      <EnvironmentContext value={props.environment}>{props.children}</EnvironmentContext>
    </SessionContext>
  );
}

/** The environment that is open. Only inside the frame. */
export function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext);
  if (!environment) throw new Error('useEnvironment is for screens inside the frame');
  return environment;
}

/** Who is signed in, and the workspace. Only inside the frame. */
export function useSession(): SessionAnswer {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is for screens inside the frame');
  return session;
}

/** The workspace's time zone; the browser's own where no session is known. */
export function useTimeZone(): string | undefined {
  return useContext(SessionContext)?.workspace.timezone;
}
