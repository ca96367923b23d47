import { JsonView } from '@gangway/web/kit/json-view.tsx';
import { refusalWords } from '@gangway/web/kit/refusal-words.ts';
import { RelativeTime } from '@gangway/web/kit/relative-time.tsx';
import { Checkbox, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { FailedEvent } from '../contract.ts';

/** One failed event: the reason, the place, and the body as it came. */
export function FailedRow({ event, marked, onMark }: { event: FailedEvent; marked: boolean; onMark: () => void }) {
  const [open, setOpen] = useState(false);
  const { sentence, code } = refusalWords(event.reason);
  return (
    <li>
      <div className="gw-failed-line">
        <Checkbox aria-label={`Select: ${sentence}`} checked={marked} onChange={onMark} />
        <UnstyledButton className="gw-failed-row" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span>
            {sentence} <span className="gw-quiet gw-mono">{event.path || code}</span>
          </span>
          <span className="gw-quiet">
            <RelativeTime at={event.receivedAt} />
          </span>
        </UnstyledButton>
      </div>
      {open && <JsonView value={event.body} label="body of the refused event" />}
    </li>
  );
}
