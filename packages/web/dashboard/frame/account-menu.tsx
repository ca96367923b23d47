import { Menu, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../../kit/api/environment.tsx';
import { request } from '../../kit/api/request.ts';
import { useGo } from '../../kit/go.tsx';
import { Icon } from '../../kit/icon.tsx';
import { useToast } from '../../kit/toasts.tsx';
import { themeChoices } from './theme-choices.ts';

/** Who is signed in; light, dark or as the system; mailbox; sign out. */
export function AccountMenu({ collapsed, onShortcuts }: { collapsed: boolean; onShortcuts: () => void }) {
  const { user, mail } = useSession();
  const go = useGo();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={230}>
      <Menu.Target>
        <button type="button" className="gw-navigation-item" aria-label={`Account: ${user.email}`}>
          <Icon name="person" />
          {!collapsed && <span className="gw-cut">{user.name || user.email}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        {mail === 'mailbox' && (
          <Menu.Item leftSection={<Icon name="mail" />} onClick={() => go('/settings?tab=mailbox')}>
            Mailbox
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="question" />} rightSection={<kbd>?</kbd>} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(themeChoices.find((choice) => choice.scheme === scheme)?.scheme ?? 'auto')}
        >
          {themeChoices.map((choice) => (
            <Menu.RadioItem
              key={choice.scheme}
              value={choice.scheme}
              checkIcon={<Icon name="check" size={14} />}
              rightSection={<Icon name={choice.icon} />}
            >
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    mutationFn: () => request<void>('/api/sign-out', { method: 'POST' }),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' as string });
      // Nothing of the workspace stays in this tab's memory.
      cache.clear();
    },
    onError: (error) => toast({ message: error.message, tone: 'bad' }),
  });
}
