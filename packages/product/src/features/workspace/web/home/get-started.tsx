import type { IngestionAnswer } from '@gangway/web/kit/api/answers.ts';
import { useEnvironment, useSession } from '@gangway/web/kit/api/environment.tsx';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { Snippet } from '@gangway/web/kit/snippet.tsx';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { installCode } from '../install-code.ts';

/** For an environment without events: three steps, and a line that turns by itself when the first event arrives. */
export function GetStarted() {
  const environment = useEnvironment();
  const { demo } = useSession();
  const code = installCode(location.origin, environment.writeKey);
  return (
    <div className="gw-steps">
      <Step
        number={1}
        title="Put Gangway into your page"
        text="Two lines before the end of the head. They load in the background and never block the page."
      >
        <Snippet code={code.page} label="install snippet" />
      </Step>
      <Step
        number={2}
        title="Say who is there and what they do"
        text="The calls of the Segment specification. If you send events with Segment’s libraries already, point them at this server instead."
      >
        <Snippet code={code.calls} label="identify and track calls" />
      </Step>
      <Step number={3} title="See the first event arrive" text="Open your product and click around, or send one from a terminal:">
        <Snippet code={code.server} label="command that sends one event" />
      </Step>
      <Waiting />
      {demo && (
        <p className="gw-home-none">
          Only looking around?{' '}
          <Button
            component="a"
            href={demo}
            target="_blank"
            rel="noopener"
            size="compact-sm"
            variant="light"
            rightSection={<Icon name="external" size={12} />}
          >
            Open the demo application
          </Button>{' '}
          Its events arrive in the demo environment.
        </p>
      )}
    </div>
  );
}

/** Asks every three seconds besides hearing the stream, so that it turns also where a proxy holds streams back. */
function Waiting() {
  const ingestion = useAnswer<IngestionAnswer>('ingestion', {}, { every: 3000 });
  const rejected = ingestion.data?.rejected ?? 0;
  return (
    <div className="gw-waiting" role="status">
      <span className="gw-pulse" aria-hidden="true" />
      <strong>Waiting for the first event</strong>
      <span className="gw-quiet">
        {rejected > 0 ? 'One was refused: see Live, Refused.' : 'This page turns by itself when it arrives.'}
      </span>
    </div>
  );
}

function Step({ number, title, text, children }: { number: number; title: string; text: string; children: ReactNode }) {
  return (
    <section className="gw-step" aria-label={title}>
      <span className="gw-step-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
        {children}
      </div>
    </section>
  );
}
