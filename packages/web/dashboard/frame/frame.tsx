import { Drawer, Skeleton } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { SessionAnswer } from '../../kit/api/answers.ts';
import { type Environment, EnvironmentProvider } from '../../kit/api/environment.tsx';
import { LiveProvider } from '../../kit/live.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { useSessionQuery } from '../../kit/use-session-query.ts';
import { rememberEnvironment } from '../last-environment.ts';
import { Redirect } from '../redirect.tsx';
import { ScreenMissing } from '../screen-states.tsx';
import { CommandPalette } from './command-palette.tsx';
import './frame.css';
import { Navigation } from './navigation.tsx';
import { ScreenAnnouncer } from './screen-announcer.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { TopBar } from './top-bar.tsx';

/** `/e/:environment`: who is signed in, which environment is open, and the frame around its screens. */
export function Frame() {
  const session = useSessionQuery();
  const { env } = useParams({ strict: false });
  const { href } = useLocation();
  if (session.error?.status === 401) return <Redirect to={`/sign-in?${new URLSearchParams({ next: href })}`} />;
  if (session.error && !session.data) {
    return (
      <main className="gw-alone">
        <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data) return <FrameSkeleton />;
  const environment = session.data.environments.find((candidate) => candidate.id === env);
  if (!environment) return <ScreenMissing />;
  return <FrameOf key={environment.id} session={session.data} environment={environment} />;
}

function FrameOf({ session, environment }: { session: SessionAnswer; environment: Environment }) {
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'gangway.navigation.collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [drawer, { open: openDrawer, close: closeDrawer }] = useDisclosure(false);
  const [palette, { open: openPalette, close: closePalette }] = useDisclosure(false);
  const [shortcuts, { open: openShortcuts, close: closeShortcuts }] = useDisclosure(false);
  const narrow = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what closes the drawer.
  useEffect(closeDrawer, [pathname]);
  useEffect(() => rememberEnvironment(environment.id), [environment.id]);
  return (
    <EnvironmentProvider session={session} environment={environment}>
      <LiveProvider>
        <a className="gw-skip" href="#content">
          Skip to content
        </a>
        <div className="gw-frame" data-collapsed={(collapsed && !narrow) || undefined} data-kind={environment.kind}>
          {narrow ? (
            <>
              <TopBar onMenu={openDrawer} onSearch={openPalette} />
              <Drawer.Root opened={drawer} onClose={closeDrawer} size={264}>
                <Drawer.Overlay />
                <Drawer.Content aria-label="Navigation">
                  <Drawer.Body p={0} className="gw-drawer-body">
                    <Navigation collapsed={false} onSearch={openPalette} onShortcuts={openShortcuts} />
                  </Drawer.Body>
                </Drawer.Content>
              </Drawer.Root>
            </>
          ) : (
            <Navigation
              collapsed={collapsed}
              onCollapse={() => setCollapsed(!collapsed)}
              onSearch={openPalette}
              onShortcuts={openShortcuts}
            />
          )}
          <main id="content" className="gw-main" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <ScreenAnnouncer />
        <Shortcuts opened={shortcuts} onOpen={openShortcuts} onClose={closeShortcuts} />
        <CommandPalette opened={palette} onOpen={openPalette} onClose={closePalette} />
      </LiveProvider>
    </EnvironmentProvider>
  );
}

function FrameSkeleton() {
  return (
    <div className="gw-frame" aria-busy="true">
      <div className="gw-navigation">
        <Skeleton height={32} />
        <Skeleton height={14} width="60%" mt={16} />
        <Skeleton height={14} width="45%" mt={12} />
        <Skeleton height={14} width="55%" mt={12} />
      </div>
      <main className="gw-main" />
    </div>
  );
}
