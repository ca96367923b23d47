import { Snippet } from './snippet.tsx';

/** A JSON value, indented, to read and to copy. `label` says what it is. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  return <Snippet code={JSON.stringify(value, null, 2) ?? 'undefined'} label={label} />;
}
