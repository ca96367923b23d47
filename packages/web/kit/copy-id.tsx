import { CopyButton } from './copy-button.tsx';
import './copy-id.css';

/** An id in monospace with a copy button. `label` says whose: “person id”. */
export function CopyId({ id, label }: { id: string; label: string }) {
  return (
    <span className="gw-copy-id">
      <span className="gw-mono gw-cut" title={id}>
        {id}
      </span>
      <CopyButton text={id} label={`Copy ${label}`} />
    </span>
  );
}
