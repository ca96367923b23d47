import { useLocation, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { AskForLink } from './sign-in/ask-for-link.tsx';
import { ConsumeLink } from './sign-in/consume-link.tsx';
import './sign-in/sign-in.css';

/**
 * `/sign-in` asks for a mail address; `/sign-in#token` has one button that uses the link. The button is pressed by
 * a person, never by the page: mail scanners open links too.
 */
export function SignInPage() {
  const { hash, search } = useLocation();
  const router = useRouter();
  // A link that was refused is put aside; another one pasted into the same tab changes only the fragment.
  const [refused, setRefused] = useState('');
  const token = hash === refused ? '' : hash;
  const wanted = (search as { next?: unknown }).next;
  const next = typeof wanted === 'string' && /^\/e\//.test(wanted) ? wanted : '/';
  return (
    <main className="gw-sign-in">
      <div className="gw-sign-in-card">
        <Mark />
        {token === '' ? (
          <AskForLink />
        ) : (
          <ConsumeLink key={token} token={token} onDone={() => router.history.replace(next)} onAskAgain={() => setRefused(hash)} />
        )}
      </div>
    </main>
  );
}

function Mark() {
  return (
    <svg width="36" height="36" viewBox="0 0 32 32" role="img" aria-label="Gangway">
      <rect width="32" height="32" rx="8" fill="#0b776d" />
      <path
        d="M7 22h7l11-11M14 22l5-5M10 22v-4M19 22h6"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
