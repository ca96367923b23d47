import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { TimelineEvent } from './api/answers.ts';
import { useTimeZone } from './api/environment.tsx';
import './event-feed.css';
import { Go } from './go.tsx';
import { Icon } from './icon.tsx';
import { JsonView } from './json-view.tsx';
import { plural } from './number-text.ts';
import { RelativeTime } from './relative-time.tsx';
import { momentText } from './time-text.ts';

interface EventFeedProps {
  /** Newest first. */
  readonly events: readonly TimelineEvent[];
  /** Holds the list still; new events wait above it. */
  readonly paused?: boolean;
  /** Leaves out the person: for their own timeline. */
  readonly ofPerson?: boolean;
  /** Draws at most this many. */
  readonly most?: number;
}

/**
 * Events, newest on top. While the pointer or the focus is in the list it holds still and offers what has
 * arrived; a row opens to show its properties.
 */
export function EventFeed({ events, paused = false, ofPerson = false, most = Number.POSITIVE_INFINITY }: EventFeedProps) {
  const [reading, setReading] = useState(false);
  const [heldAt, setHeldAt] = useState<string>();
  const held = paused || reading;
  const newest = events[0]?.id;
  if (held && heldAt === undefined && newest !== undefined) setHeldAt(newest);
  if (!held && heldAt !== undefined) setHeldAt(undefined);
  const waiting =
    held && heldAt !== undefined
      ? Math.max(
          0,
          events.findIndex((event) => event.id === heldAt),
        )
      : 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding still under the pointer is a kindness, not an action.
    <div
      className="gw-feed"
      data-of-person={ofPerson || undefined}
      onPointerEnter={() => setReading(true)}
      onPointerLeave={() => setReading(false)}
      onFocus={() => setReading(true)}
      onBlur={() => setReading(false)}
    >
      <div className="gw-feed-new" aria-live="polite">
        {waiting > 0 && (
          <Button size="compact-xs" variant="light" leftSection={<Icon name="arrowUp" size={12} />} onClick={() => setHeldAt(newest)}>
            Show {plural(waiting, 'new event', 'new events')}
          </Button>
        )}
      </div>
      <ol>
        {events.slice(waiting, waiting + most).map((event) => (
          <EventRow key={event.id} event={event} ofPerson={ofPerson} />
        ))}
      </ol>
    </div>
  );
}

function EventRow({ event, ofPerson }: { event: TimelineEvent; ofPerson: boolean }) {
  const [open, setOpen] = useState(false);
  const timeZone = useTimeZone();
  const details = {
    type: event.type,
    time: new Date(event.time).toISOString(),
    person: event.person,
    account: event.account,
    properties: event.properties,
    messageId: event.id,
  };
  return (
    <li>
      <div className="gw-feed-row">
        <UnstyledButton className="gw-feed-name" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'chevronDown' : 'chevronRight'} size={14} />
          <span className="gw-feed-words">
            <span className="gw-cut">{event.name}</span>
            <span className="gw-quiet gw-cut">{summaryOf(event)}</span>
          </span>
        </UnstyledButton>
        {!ofPerson && (
          <span className="gw-feed-person gw-cut">
            {event.person && <Go to={`/people/${encodeURIComponent(event.person)}`}>{event.personLabel ?? 'Anonymous'}</Go>}
            {!event.person && event.account && <Go to={`/accounts/${encodeURIComponent(event.account)}`}>{event.account}</Go>}
          </span>
        )}
        <span className="gw-feed-time gw-quiet gw-number">
          {ofPerson ? <RelativeTime at={event.time} /> : momentText(event.time, Date.now(), timeZone)}
        </span>
      </div>
      {open && <JsonView value={details} label={`${event.name} event`} />}
    </li>
  );
}

/** The first properties in a line, so that a row says something before it is opened. */
function summaryOf(event: TimelineEvent): string {
  const plain = Object.entries(event.properties).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return plain
    .slice(0, 3)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(', ');
}
