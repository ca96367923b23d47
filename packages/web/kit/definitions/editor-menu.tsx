import { ActionIcon, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { asProblem } from '../api/api-problem.ts';
import { Icon } from '../icon.tsx';
import { useToast } from '../toasts.tsx';
import type { DefinitionWords } from './definition-words.ts';
import type { Editing } from './use-editing.ts';

interface EditorMenuProps<Body> {
  readonly editing: Editing<Body>;
  readonly words: DefinitionWords;
  readonly onVersions: () => void;
}

/** What is done to a definition more rarely than publishing it. */
export function EditorMenu<Body>({ editing, words, onVersions }: EditorMenuProps<Body>) {
  const toast = useToast();
  const kill = useMutation({
    mutationFn: editing.kill,
    onSuccess: () => toast({ message: `Stopped. ${words.whenKilled} Publish again to bring it back.` }),
    onError: (error) => toast({ message: asProblem(error).message, tone: 'bad' }),
  });
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={`More about this ${words.noun}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="clock" />} onClick={onVersions}>
          Versions
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="pause" />} disabled={!editing.answer?.live || kill.isPending} onClick={() => kill.mutate()}>
          {`Stop this ${words.noun}`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
