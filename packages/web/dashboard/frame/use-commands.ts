import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { PersonRow } from '../../kit/api/answers.ts';
import { useEnvironment, useSession } from '../../kit/api/environment.tsx';
import { useAnswer } from '../../kit/api/use-answer.ts';
import { useGo } from '../../kit/go.tsx';
import type { IconName } from '../../kit/icon.tsx';
import { screens } from '../registry.ts';
import { themeChoices } from './theme-choices.ts';

export interface Command {
  readonly id: string;
  readonly group: 'Go to' | 'Do' | 'People' | 'Environment' | 'Theme';
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon: IconName;
  readonly run: () => void;
}

/** What the command palette offers for a text: screens, actions, environments, themes, and people found by the server. */
export function useCommands(text: string, opened: boolean): { commands: readonly Command[]; searching: boolean } {
  const fixed = useFixedCommands();
  const people = useFoundPeople(text, opened);
  const wanted = text.trim().toLowerCase();
  const matching =
    wanted === ''
      ? fixed.filter((command) => command.group === 'Go to' || command.group === 'Do')
      : fixed.filter((command) => command.label.toLowerCase().includes(wanted));
  return { commands: [...matching, ...people.commands], searching: people.searching };
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

function useFoundPeople(text: string, opened: boolean): { commands: readonly Command[]; searching: boolean } {
  const go = useGo();
  const environment = useEnvironment().id;
  const [search] = useDebouncedValue(text.trim(), 180);
  const asked = opened && search.length >= 2;
  const found = useAnswer<{ people: readonly PersonRow[] }>('people', { search, limit: 6 }, { enabled: asked, keep: false });
  const rows = asked ? (found.data?.people ?? []) : [];
  const commands = rows.map(
    (person): Command => ({
      id: `${environment} ${person.id}`,
      group: 'People',
      label: person.name ?? person.email ?? person.userId ?? person.id,
      detail: person.name ? (person.email ?? undefined) : undefined,
      icon: 'person',
      run: () => go(`/people/${encodeURIComponent(person.id)}`),
    }),
  );
  return { commands, searching: asked && found.isPending };
}
