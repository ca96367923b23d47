import { Kbd, Modal } from '@mantine/core';
import { useEffect } from 'react';
import './shortcuts.css';

const shortcuts = [
  ['Search screens, people and actions', ['Ctrl', 'K']],
  ['Search in the list', ['/']],
  ['Next row, previous row', ['j', 'k']],
  ['Open the row', ['Enter']],
  ['Select the row', ['x']],
  ['Close panel or dialog', ['Esc']],
  ['These shortcuts', ['?']],
] as const;

/** “/” goes to the list's search field, “?” shows all shortcuts. Neither works while somebody types. */
export function Shortcuts({ opened, onOpen, onClose }: { opened: boolean; onOpen: () => void; onClose: () => void }) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') onOpen();
      if (event.key !== '/') return;
      const field = document.querySelector<HTMLElement>('input[data-search-field]');
      if (!field) return;
      event.preventDefault();
      field.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onOpen]);
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className="gw-shortcuts">
        {shortcuts.map(([does, keys]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
