import { ActionIcon } from '@mantine/core';
import { useEnvironment, useSession } from '../../kit/api/environment.tsx';
import { Icon } from '../../kit/icon.tsx';

/** On narrow screens: opens the navigation, says where we are, opens search. */
export function TopBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const environment = useEnvironment();
  const { workspace } = useSession();
  return (
    <header className="gw-top-bar">
      <ActionIcon size={36} aria-label="Open navigation" onClick={onMenu}>
        <Icon name="menu" />
      </ActionIcon>
      <div className="gw-top-bar-name">
        <span className="gw-cut">{workspace.name}</span>
        <span className="gw-environment-name">
          <span className="gw-dot" data-kind={environment.kind} />
          {environment.name}
        </span>
      </div>
      <ActionIcon size={36} aria-label="Search and commands" onClick={onSearch}>
        <Icon name="search" />
      </ActionIcon>
    </header>
  );
}
