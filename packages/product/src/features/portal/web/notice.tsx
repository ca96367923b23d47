import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { PortalFailure } from './portal-call.ts';

/** A whole page that says one thing. */
export function NoticePage({ icon, title, children }: { icon: 'link' | 'late' | 'mail'; title: string; children: ReactNode }) {
  return (
    <main className="notice-page">
      <section className="panel notice">
        <span className="notice-icon">
          <Icon name={icon} />
        </span>
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}

/** The page of someone whose link or cookie no longer counts. It says nothing about whom the link was for. */
export function LinkSpentPage() {
  return (
    <NoticePage icon="link" title="This link no longer opens a plan">
      <p>A link works once and for a limited time. Nothing is lost: your plan is as you left it.</p>
      <p>Answer the mail that brought you here and ask for a new link.</p>
      <p>
        <a href="/portal/">I have opened my plan on this device before</a>
      </p>
    </NoticePage>
  );
}

export function SignedOutPage() {
  return (
    <NoticePage icon="link" title="You are signed out">
      <p>For safety a plan stays open for a limited time on one device. Nothing is lost.</p>
      <p>Answer the mail that brought you here and ask for a new link.</p>
    </NoticePage>
  );
}

/** What went wrong, with the number that support needs, and another try. */
export function FailureNote({ failure, onRetry }: { failure: PortalFailure; onRetry: () => void }) {
  return (
    <div className="failure" role="alert">
      <Icon name="late" />
      <div>
        <p>{failure.message}</p>
        {failure.requestId && (
          <p className="muted">
            Request <code>{failure.requestId}</code>
          </p>
        )}
      </div>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
