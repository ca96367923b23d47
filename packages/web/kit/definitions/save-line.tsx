import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from '../icon.tsx';
import { plural } from '../number-text.ts';
import { relativeText } from '../time-text.ts';
import type { Draft } from './draft-keeper.ts';

/** “Saved 3 s ago”: where the draft stands, said quietly and read out when it changes. */
export function SaveLine({ draft }: { draft: Draft<unknown> }) {
  const { save, issues } = draft;
  switch (save.kind) {
    case 'saved':
      return save.at === undefined ? null : <SavedAgo key={save.at} at={save.at} />;
    case 'waiting':
    case 'saving':
      return (
        <span className="gw-save-line" role="status">
          Saving…
        </span>
      );
    case 'incomplete':
      return (
        <span className="gw-save-line" role="status" data-tone="attention">
          <Icon name="warning" size={14} />
          Kept in this browser. {plural(issues.length, 'field needs', 'fields need')} attention.
          <Button size="compact-sm" variant="subtle" onClick={showFirstComplaint}>
            Show
          </Button>
        </span>
      );
    case 'conflict':
      return (
        <span className="gw-save-line" role="status" data-tone="attention">
          <Icon name="warning" size={14} />
          Not saved: changed elsewhere
        </span>
      );
    case 'failed':
      return (
        <span className="gw-save-line" role="status" data-tone="attention">
          <Icon name="warning" size={14} />
          Not saved yet, kept in this browser
        </span>
      );
  }
}

/** Goes to the first field with a complaint; to the closed part that hides it when none is in sight. */
function showFirstComplaint(): void {
  const field =
    document.querySelector<HTMLElement>('.gw-editor [aria-invalid="true"]') ??
    document.querySelector('.gw-part-wrong')?.closest<HTMLElement>('button');
  field?.focus();
  field?.scrollIntoView({ block: 'center' });
}

function SavedAgo({ at }: { at: number }) {
  const [now, setNow] = useState(at);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  return (
    <span className="gw-save-line gw-number">
      <Icon name="check" size={14} />
      <span role="status" className="gw-hidden">
        Saved
      </span>
      <span aria-hidden="true">
        {seconds < 2 ? 'Saved just now' : seconds < 45 ? `Saved ${seconds} s ago` : `Saved ${relativeText(at, now)}`}
      </span>
    </span>
  );
}
