import { CopyButton } from './copy-button.tsx';
import './copy-id.css';

/** Code to copy. `label` says what it is, for screen readers and the button: “install snippet”. */
export function Snippet({ code, label }: { code: string; label: string }) {
  return (
    <div className="gw-snippet">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and a keyboard must reach them. */}
      <section aria-label={label} tabIndex={0}>
        <pre>{code}</pre>
      </section>
      <CopyButton text={code} label={`Copy ${label}`} />
    </div>
  );
}
