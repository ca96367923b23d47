import { CopyId } from '../copy-id.tsx';
import { RelativeTime } from '../relative-time.tsx';
import { SidePanel } from '../side-panel.tsx';
import { StatusBadge } from '../status-badge.tsx';
import type { Editing } from './use-editing.ts';

/** Every published version: when, by whom, and which one is live. */
export function VersionsPanel<Body>({ editing, onClose }: { editing: Editing<Body>; onClose: () => void }) {
  const { answer, id } = editing;
  const versions = [...(answer?.versions ?? [])].sort((a, b) => b.version - a.version);
  return (
    <SidePanel title="Versions" onClose={onClose}>
      {versions.length === 0 && <p className="gw-quiet">Nothing has been published yet.</p>}
      <ol className="gw-versions" reversed>
        {versions.map((version) => (
          <li key={version.version}>
            <div>
              <div>
                <strong>Version {version.version}</strong>{' '}
                {answer?.live && answer.version === version.version && <StatusBadge tone="good">Live</StatusBadge>}
              </div>
              <div className="gw-quiet">by {version.by}</div>
            </div>
            <RelativeTime at={version.publishedAt} />
          </li>
        ))}
      </ol>
      <p className="gw-quiet">
        A published version never changes. Id <CopyId id={id} label="id" />
      </p>
    </SidePanel>
  );
}
