import type { ReactNode } from 'react';

/** A titled part of an editor's form. */
export function FormSection({ title, purpose, children }: { title: string; purpose?: ReactNode; children: ReactNode }) {
  return (
    <section className="gw-form-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {purpose && <p>{purpose}</p>}
      </header>
      {children}
    </section>
  );
}
