import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEnvironment } from '../../kit/api/environment.tsx';
import { Icon } from '../../kit/icon.tsx';
import { navigationGroups, type Screen } from '../../kit/screen.ts';
import { screens } from '../registry.ts';
import { AccountMenu } from './account-menu.tsx';
import { EnvironmentSwitch } from './environment-switch.tsx';

interface NavigationProps {
  readonly collapsed: boolean;
  /** Absent in the drawer. */
  readonly onCollapse?: () => void;
  readonly onSearch: () => void;
  readonly onShortcuts: () => void;
}

/** The left side: environment, search, the screens by group, and the account. */
export function Navigation({ collapsed, onCollapse, onSearch, onShortcuts }: NavigationProps) {
  return (
    <nav className="gw-navigation" aria-label="Main">
      <EnvironmentSwitch collapsed={collapsed} />
      <Labelled label="Search and commands" collapsed={collapsed}>
        <button type="button" className="gw-navigation-item" onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
          <Icon name="search" />
          <span className={collapsed ? 'gw-hidden' : undefined}>Search</span>
          {!collapsed && <kbd className="gw-navigation-key">{commandKey()}</kbd>}
        </button>
      </Labelled>
      {navigationGroups.map((group) => (
        <Group key={group} name={group} collapsed={collapsed} />
      ))}
      <AccountMenu collapsed={collapsed} onShortcuts={onShortcuts} />
      {onCollapse && (
        <Labelled label={collapsed ? 'Expand navigation' : 'Collapse navigation'} collapsed={collapsed}>
          <button type="button" className="gw-navigation-item" onClick={onCollapse} aria-expanded={!collapsed}>
            <Icon name="sidebar" />
            <span className={collapsed ? 'gw-hidden' : undefined}>Collapse</span>
          </button>
        </Labelled>
      )}
    </nav>
  );
}

function Group({ name, collapsed }: { name: (typeof navigationGroups)[number]; collapsed: boolean }) {
  const entries = screens
    .filter((screen) => screen.navigation?.group === name)
    .sort((a, b) => (a.navigation?.order ?? 0) - (b.navigation?.order ?? 0));
  if (entries.length === 0) return null;
  const named = name !== 'top' && name !== 'bottom';
  return (
    <>
      {name === 'bottom' && <div className="gw-navigation-space" />}
      {named && <div className="gw-navigation-group">{name}</div>}
      <ul className="gw-navigation-list" aria-label={named ? name : undefined}>
        {entries.map((screen) => (
          <li key={screen.path}>
            <Entry screen={screen} collapsed={collapsed} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Entry({ screen, collapsed }: { screen: Screen; collapsed: boolean }) {
  const { id } = useEnvironment();
  const home = screen.path === '/';
  return (
    <Labelled label={screen.title} collapsed={collapsed}>
      <Link className="gw-navigation-item" to={`/e/${id}${home ? '' : screen.path}`} activeOptions={{ exact: home, includeSearch: false }}>
        <Icon name={screen.navigation?.icon ?? 'dots'} />
        <span className={collapsed ? 'gw-hidden' : undefined}>{screen.title}</span>
      </Link>
    </Labelled>
  );
}

function Labelled({ label, collapsed, children }: { label: string; collapsed: boolean; children: ReactNode }) {
  return (
    <Tooltip label={label} position="right" disabled={!collapsed}>
      <span>{children}</span>
    </Tooltip>
  );
}

function commandKey(): string {
  return navigator.userAgent.includes('Mac') ? '⌘K' : 'Ctrl K';
}
