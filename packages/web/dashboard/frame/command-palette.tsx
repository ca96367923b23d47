import { Modal } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../../kit/icon.tsx';
import './command-palette.css';
import { type Command, useCommands } from './use-commands.ts';

/** Ctrl-K or ⌘K: type to go anywhere, find anybody, do anything that has a name. */
export function CommandPalette({ opened, onOpen, onClose }: { opened: boolean; onOpen: () => void; onClose: () => void }) {
  useHotkeys([['mod+K', () => (opened ? onClose() : onOpen())]], []);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      title="Search and commands"
      classNames={{ header: 'gw-hidden' }}
    >
      <Palette opened={opened} onClose={onClose} />
    </Modal>
  );
}

function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const { commands, searching } = useCommands(text, opened);
  const current = Math.min(at, commands.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const keys = (event: KeyboardEvent) => {
    const count = Math.max(1, commands.length);
    if (event.key === 'ArrowDown') setAt((current + 1) % count);
    else if (event.key === 'ArrowUp') setAt((current - 1 + count) % count);
    else if (event.key === 'Enter') run(commands[current]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="gw-palette">
      <div className="gw-palette-field">
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={commands[current] ? `${list}-${current}` : undefined}
          aria-label="Search screens, people and actions"
          placeholder="Search screens, people and actions"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={keys}
        />
        <kbd>Esc</kbd>
      </div>
      <CommandList id={list} commands={commands} current={current} onRun={run} onPoint={setAt} />
      {commands.length === 0 && (
        <p className="gw-palette-none">
          {searching ? 'Looking…' : 'Nothing has this name. People and accounts are found by name, mail or id.'}
        </p>
      )}
    </div>
  );
}

interface CommandListProps {
  readonly id: string;
  readonly commands: readonly Command[];
  readonly current: number;
  readonly onRun: (command: Command) => void;
  readonly onPoint: (index: number) => void;
}

function CommandList({ id, commands, current, onRun, onPoint }: CommandListProps) {
  const active = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row to show changes with the index.
  useEffect(() => {
    active.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div id={id} role="listbox" aria-label="Results" className="gw-palette-list">
      {commands.map((command, index) => (
        <div key={command.id} role="presentation">
          {command.group !== commands[index - 1]?.group && (
            <div className="gw-palette-group" role="presentation">
              {command.group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above owns the keyboard, as in every combobox. */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the same. */}
          <div
            id={`${id}-${index}`}
            ref={index === current ? active : undefined}
            role="option"
            aria-selected={index === current}
            className="gw-palette-option"
            onClick={() => onRun(command)}
            onPointerMove={() => onPoint(index)}
          >
            <Icon name={command.icon} />
            <span className="gw-cut">{command.label}</span>
            {command.detail && <span className="gw-quiet gw-cut">{command.detail}</span>}
          </div>
        </div>
      ))}
    </div>
  );
}
