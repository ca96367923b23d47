import { FactsList } from '@gangway/web/kit/facts-list.tsx';

/** Traits by name; nested values as JSON. `none` is said when there are none. */
export function Traits({ traits, none }: { traits: Readonly<Record<string, unknown>>; none: string }) {
  const entries = Object.entries(traits).sort(([a], [b]) => a.localeCompare(b));
  if (entries.length === 0) return <p className="gw-people-none">{none}</p>;
  return <FactsList facts={entries.map(([name, value]) => [name, <TraitValue key={name} value={value} />] as const)} />;
}

function TraitValue({ value }: { value: unknown }) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return <span className="gw-number">{value}</span>;
  return <code className="gw-mono">{JSON.stringify(value)}</code>;
}
