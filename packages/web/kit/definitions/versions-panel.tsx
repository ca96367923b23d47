import { useState } from 'react';
import type { DefinitionAnswer } from '../api/answers.ts';
import { CopyId } from '../copy-id.tsx';
import { RelativeTime } from '../relative-time.tsx';
import { SidePanel } from '../side-panel.tsx';
import { StatusBadge } from '../status-badge.tsx';
import type { DefinitionWords } from './definition-words.ts';
import type { Editing } from './use-editing.ts';
import { VersionDetail } from './version-detail.tsx';

interface VersionsPanelProps<Body> {
  readonly editing: Editing<Body>;
  readonly words: DefinitionWords;
  readonly onClose: () => void;
}

/** Every published version: when, by whom, which one is live, what it says, and the way back to it. */
export function VersionsPanel<Body>({ editing, words, onClose }: VersionsPanelProps<Body>) {
  const { answer, id } = editing;
  const [open, setOpen] = useState<number>();
  const versions = [...(answer?.versions ?? [])].sort((a, b) => b.version - a.version);
  return (
    <SidePanel title="Versions" onClose={onClose}>
      {versions.length === 0 && <p className="gw-quiet">Nothing has been published yet.</p>}
      <ol className="gw-versions" reversed>
        {versions.map((version) => {
          const live = answer?.live === true && answer.version === version.version;
          const shown = open === version.version;
          return (
            <li key={version.version}>
              <VersionHead
                version={version}
                live={live}
                open={shown}
                onToggle={live ? undefined : () => setOpen(shown ? undefined : version.version)}
              />
              {shown && <VersionDetail editing={editing} words={words} version={version.version} onDone={() => setOpen(undefined)} />}
            </li>
          );
        })}
      </ol>
      <p className="gw-quiet">
        A published version never changes. Id <CopyId id={id} label="id" />
      </p>
    </SidePanel>
  );
}

interface VersionHeadProps {
  readonly version: DefinitionAnswer['versions'][number];
  readonly live: boolean;
  readonly open: boolean;
  /** Absent for the live one: there is nothing to go back to. */
  readonly onToggle: (() => void) | undefined;
}

function VersionHead({ version, live, open, onToggle }: VersionHeadProps) {
  return (
    <div className="gw-version-head">
      <div>
        <div>
          <strong>Version {version.version}</strong> {live && <StatusBadge tone="good">Live</StatusBadge>}
        </div>
        <div className="gw-quiet">by {version.by}</div>
        {onToggle && (
          <button type="button" className="gw-version-toggle" aria-expanded={open} onClick={onToggle}>
            {open ? 'Close' : `See version ${version.version}`}
          </button>
        )}
      </div>
      <RelativeTime at={version.publishedAt} />
    </div>
  );
}
