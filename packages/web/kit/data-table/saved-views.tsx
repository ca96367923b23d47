import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useEnvironment } from '../api/environment.tsx';
import { Icon } from '../icon.tsx';
import { useToast } from '../toasts.tsx';
import './saved-views.css';

interface SavedView {
  readonly name: string;
  /** The address's filters and sort. */
  readonly search: Readonly<Record<string, string>>;
}

/** Filters and sort of a list under a name, kept in this browser. */
export function SavedViews({ table }: { table: string }) {
  const key = `gangway.views.${useEnvironment().id}.${table}`;
  const [views, setViews] = useLocalStorage<readonly SavedView[]>({ key, defaultValue: [], getInitialValueInEffect: false });
  const [opened, popover] = useDisclosure(false);
  const toast = useToast();
  const remove = (view: SavedView) => {
    setViews(views.filter((other) => other.name !== view.name));
    toast({ message: `View “${view.name}” removed.`, undo: () => setViews(views) });
  };
  return (
    <Popover opened={opened} onChange={popover.toggle} position="bottom-end" width={280} trapFocus>
      {/* The hint wraps the target from outside: inside, it would take the target's own attributes. */}
      <Tooltip label="Saved views" disabled={opened}>
        <div>
          <Popover.Target>
            <ActionIcon aria-label="Saved views" onClick={popover.toggle}>
              <Icon name="filter" />
            </ActionIcon>
          </Popover.Target>
        </div>
      </Tooltip>
      <Popover.Dropdown aria-label="Saved views">
        <ViewList views={views} onClose={popover.close} onRemove={remove} />
        <SaveView
          onSave={(view) => {
            setViews([...views.filter((other) => other.name !== view.name), view]);
            popover.close();
            toast({ message: `View “${view.name}” saved in this browser.` });
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function ViewList({ views, onClose, onRemove }: { views: readonly SavedView[]; onClose: () => void; onRemove: (view: SavedView) => void }) {
  const navigate = useNavigate();
  const open = (view: SavedView) => {
    onClose();
    void navigate({ to: '.', search: () => view.search });
  };
  if (views.length === 0) return <p className="gw-views-none">Search and sort as you like it, then keep it under a name.</p>;
  return (
    <ul className="gw-views">
      {views.map((view) => (
        <li key={view.name}>
          <button type="button" className="gw-views-open gw-cut" onClick={() => open(view)}>
            {view.name}
          </button>
          <ActionIcon size={24} aria-label={`Remove view ${view.name}`} onClick={() => onRemove(view)}>
            <Icon name="cross" size={13} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function SaveView({ onSave }: { onSave: (view: SavedView) => void }) {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const [name, setName] = useState('');
  return (
    <form
      className="gw-views-save"
      onSubmit={(event) => {
        event.preventDefault();
        // The open panel is a moment's look, not part of a view.
        const kept = Object.entries(search).filter(([key]) => key !== 'open');
        onSave({ name: name.trim(), search: Object.fromEntries(kept.map(([key, value]) => [key, String(value)])) });
      }}
    >
      <TextInput
        size="xs"
        aria-label="Name of this view"
        placeholder="Name of this view"
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" disabled={name.trim() === ''}>
        Save view
      </Button>
    </form>
  );
}
