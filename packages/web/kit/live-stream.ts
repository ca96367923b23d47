import type { Applied } from './live.tsx';

interface StreamEvents {
  readonly onApplied: (applied: Applied) => void;
  /** What was applied can now be asked of the reports. */
  readonly onProjected: () => void;
  /** `missed` when the stream had been away: what happened meanwhile was not told. */
  readonly onOpen: (missed: boolean) => void;
  readonly onLost: () => void;
}
/** Milliseconds after which a tab that nobody sees lets its connection go: a browser has few of them per server. */
const hiddenFor = 30_000;

/** Keeps one stream of an environment open while the tab is seen, through losses too. Returns what closes it for good. */
export function keepStream(environment: string, events: StreamEvents): () => void {
  let stream: EventSource | undefined;
  let missed = false;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    stream?.close();
    stream = undefined;
    missed = true;
    events.onLost();
  };
  const open = () => {
    if (stream) return;
    stream = new EventSource(`/api/e/${environment}/live/stream`);
    stream.onopen = () => {
      events.onOpen(missed);
      missed = false;
    };
    // The browser tries again by itself, unless the server refused; then the next look at the tab does.
    stream.onerror = () => {
      if (stream?.readyState === EventSource.CLOSED) return close();
      missed = true;
      events.onLost();
    };
    stream.addEventListener('applied', (message: MessageEvent<string>) => events.onApplied(JSON.parse(message.data) as Applied));
    stream.addEventListener('projected', events.onProjected);
  };
  const onVisibility = () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(close, hiddenFor);
    else open();
  };
  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(hiding);
    stream?.close();
  };
}
