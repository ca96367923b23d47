import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEnvironment, useSession } from '../../kit/api/environment.tsx';
import { Icon } from '../../kit/icon.tsx';

const kindWords = { production: 'Production', demo: 'Demo', test: 'Test' } as const;

/** Which environment is open, with a dot that cannot be mistaken and its word, and the way to the others. */
export function EnvironmentSwitch({ collapsed }: { collapsed: boolean }) {
  const session = useSession();
  const open = useEnvironment();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button
          type="button"
          className="gw-environment gw-navigation-item"
          aria-label={`Environment: ${open.name} (${kindWords[open.kind]}). Switch`}
        >
          <span className="gw-dot" data-kind={open.kind} hidden={!collapsed} />
          {!collapsed && (
            <>
              <span className="gw-environment-words">
                <span className="gw-environment-workspace gw-cut" style={{ display: 'block' }}>
                  {session.workspace.name}
                </span>
                <span className="gw-environment-name">
                  <span className="gw-dot" data-kind={open.kind} />
                  {open.name}
                </span>
              </span>
              <Icon name="chevronDown" size={14} />
            </>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Environment</Menu.Label>
        <Menu.RadioGroup value={open.id} onChange={(id) => void navigate({ to: `/e/${id}` as string })}>
          {session.environments.map((environment) => (
            <Menu.RadioItem
              key={environment.id}
              value={environment.id}
              closeMenuOnClick
              checkIcon={<Icon name="check" size={14} />}
              rightSection={<span className="gw-dot" data-kind={environment.kind} style={{ display: 'block' }} />}
            >
              {environment.name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
