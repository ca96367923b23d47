import { ActionIcon } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';
import './side-panel.css';

interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Left of the close button: “Open page”. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/**
 * Details of one row, on the right of the list that stays usable. Keep the row's id in the address
 * (`useUrlState('open')`) and draw the panel while it is there. Escape closes; focus goes in and comes back.
 */
export function SidePanel({ title, onClose, actions, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={panel}
      className="gw-side-panel"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className="gw-side-panel-head">
        <h2>{title}</h2>
        {actions}
        <ActionIcon aria-label="Close panel" onClick={onClose}>
          <Icon name="cross" />
        </ActionIcon>
      </header>
      <div className="gw-side-panel-body">{children}</div>
    </aside>
  );
}
