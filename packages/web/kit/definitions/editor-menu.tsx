import { ActionIcon, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { asProblem } from '../api/api-problem.ts';
import { useEnvironment } from '../api/environment.tsx';
import { useGo } from '../go.tsx';
import { Icon } from '../icon.tsx';
import { useToast } from '../toasts.tsx';
import type { DefinitionWords } from './definition-words.ts';
import { keepLocalDraft } from './local-draft.ts';
import { newDefinitionId } from './new-definition-id.ts';
import type { Editing } from './use-editing.ts';

interface EditorMenuProps<Body extends { readonly name: string }> {
  readonly editing: Editing<Body>;
  readonly words: DefinitionWords;
  readonly onVersions: () => void;
}

/** What is done to a definition more rarely than publishing it. */
export function EditorMenu<Body extends { readonly name: string }>({ editing, words, onVersions }: EditorMenuProps<Body>) {
  const toast = useToast();
  const go = useGo();
  const kill = useMutation({
    mutationFn: editing.kill,
    onSuccess: () => toast({ message: `Stopped. ${words.whenKilled} Publish again to bring it back.` }),
    onError: (error) => toast({ message: asProblem(error).message, tone: 'bad' }),
  });
  const environment = useEnvironment().id;
  const duplicate = () => {
    const { body } = editing.draft;
    const name = `${body.name} (copy)`.slice(0, 120);
    const id = newDefinitionId(name, words.noun);
    keepLocalDraft({ environment, slice: words.slice, id }, { revision: 0, body: { ...body, name }, at: Date.now() });
    go(`${words.path}/${id}`);
    toast({ message: `This is the copy of “${body.name}”` });
  };
  const discard = () => {
    const restore = editing.discard();
    go(words.path);
    toast({
      message: `Discarded the draft “${editing.draft.body.name || 'without a name'}”`,
      undo: () => {
        restore();
        go(`${words.path}/${editing.id}`);
      },
    });
  };
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
        <Menu.Item leftSection={<Icon name="copy" />} onClick={duplicate}>
          Duplicate
        </Menu.Item>
        {!editing.answer && (
          <Menu.Item leftSection={<Icon name="trash" />} onClick={discard}>
            Discard this draft
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="pause" />} disabled={!editing.answer?.live || kill.isPending} onClick={() => kill.mutate()}>
          {`Stop this ${words.noun}`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
