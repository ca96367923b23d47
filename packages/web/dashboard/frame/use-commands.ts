import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { AccountRow, PersonRow } from '../../kit/api/answers.ts';
import { useSession } from '../../kit/api/environment.tsx';
import { useAnswer } from '../../kit/api/use-answer.ts';
import { useGo } from '../../kit/go.tsx';
import type { IconName } from '../../kit/icon.tsx';
import { personLabel } from '../../kit/person-label.ts';
import { screens } from '../registry.ts';
import { themeChoices } from './theme-choices.ts';

export interface Command {
  readonly id: string;
  readonly group: 'Go to' | 'Do' | 'People' | 'Accounts' | 'Environment' | 'Theme';
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon: IconName;
  readonly run: () => void;
}

/** What the command palette offers for a text: screens, actions, environments, themes, and people and accounts found by the server. */
export function useCommands(text: string, opened: boolean): { commands: readonly Command[]; searching: boolean } {
  const fixed = useFixedCommands();
  const found = useFound(text, opened);
  const wanted = text.trim().toLowerCase();
  const matching =
    wanted === ''
      ? fixed.filter((command) => command.group === 'Go to' || command.group === 'Do')
      : fixed.filter((command) => command.label.toLowerCase().includes(wanted));
  return { commands: [...matching, ...found.commands], searching: found.searching };
}

function useFixedCommands(): readonly Command[] {
  const go = useGo();
  const navigate = useNavigate();
  const { environments } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  return [
    ...screens.flatMap((screen): Command[] =>
      screen.navigation
        ? [{ id: screen.path, group: 'Go to', label: screen.title, icon: screen.navigation.icon, run: () => go(screen.path) }]
        : [],
    ),
    ...screens.flatMap((screen) =>
      (screen.actions ?? []).map(
        (action): Command => ({ id: action.to, group: 'Do', label: action.label, icon: 'plus', run: () => go(action.to) }),
      ),
    ),
    ...environments.map(
      (environment): Command => ({
        id: `environment ${environment.id}`,
        group: 'Environment',
        label: `Switch to ${environment.name}`,
        icon: 'account',
        run: () => void navigate({ to: `/e/${environment.id}` as string }),
      }),
    ),
    ...themeChoices.map(
      (choice): Command => ({
        id: `theme ${choice.scheme}`,
        group: 'Theme',
        label: `Theme: ${choice.label.toLowerCase()}`,
        icon: choice.icon,
        run: () => setColorScheme(choice.scheme),
      }),
    ),
  ];
}

/** People and accounts whose name, mail or id holds the text; asked from two letters on, a moment after the last key. */
function useFound(text: string, opened: boolean): { commands: readonly Command[]; searching: boolean } {
  const go = useGo();
  const [search] = useDebouncedValue(text.trim(), 180);
  const asked = opened && search.length >= 2;
  const people = useAnswer<{ people: readonly PersonRow[] }>('people', { search, limit: 6 }, { enabled: asked, keep: false });
  const accounts = useAnswer<{ accounts: readonly AccountRow[] }>('accounts', { search, limit: 4 }, { enabled: asked, keep: false });
  if (!asked) return { commands: [], searching: false };
  const commands = [
    ...(people.data?.people ?? []).map((person): Command => {
      const path = `/people/${encodeURIComponent(person.id)}`;
      return {
        id: path,
        group: 'People',
        label: personLabel(person),
        detail: person.name ? (person.email ?? undefined) : undefined,
        icon: 'person',
        run: () => go(path),
      };
    }),
    ...(accounts.data?.accounts ?? []).map((account): Command => {
      const path = `/accounts/${encodeURIComponent(account.id)}`;
      return { id: path, group: 'Accounts', label: account.name ?? account.id, icon: 'account', run: () => go(path) };
    }),
  ];
  return { commands, searching: people.isPending || accounts.isPending };
}
