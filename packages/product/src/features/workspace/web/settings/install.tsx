import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { CopyId } from '@gangway/web/kit/copy-id.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Snippet } from '@gangway/web/kit/snippet.tsx';
import { installCode } from '../install-code.ts';

/** The snippets, filled in for the environment that is open. */
export function Install() {
  const environment = useEnvironment();
  const code = installCode(location.origin, environment.writeKey);
  return (
    <div className="gw-settings">
      <Section title="Write key">
        <p className="gw-quiet">
          Names this environment in the page and in Segment’s libraries. It may be public: it can only send events.
        </p>
        <CopyId id={environment.writeKey} label="write key" />
      </Section>
      <Section title="In the page">
        <Snippet code={code.page} label="install snippet" />
      </Section>
      <Section title="Who is there and what they do">
        <Snippet code={code.calls} label="identify and track calls" />
      </Section>
      <Section title="From a terminal or your server">
        <p className="gw-quiet">Any of Segment’s server libraries works too: set its host to {location.origin}.</p>
        <Snippet code={code.server} label="command that sends one event" />
      </Section>
    </div>
  );
}
