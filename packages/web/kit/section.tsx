import type { ReactNode } from 'react';
import './section.css';

/** A titled part of a page. `end` sits right of the title. */
export function Section({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section className="gw-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {end && <div className="gw-section-end">{end}</div>}
      </header>
      {children}
    </section>
  );
}
