import { useEffect, useState } from 'react';
import { FailureNote, LinkSpentPage, NoticePage } from './notice.tsx';
import { callPortal, PortalFailure } from './portal-call.ts';

/** Answers of the server that mean: this link will never work again. */
const spent = [400, 401, 403, 404, 409, 410];

/**
 * Where a mail's link leads. Opening the page changes nothing, because mail programs open links too; the button
 * exchanges the token (which is behind `#`, so no server log ever has it) for a cookie.
 */
export function OpenPage() {
  const [token] = useState(() => location.hash.slice(1));
  const [opening, setOpening] = useState(false);
  const [failure, setFailure] = useState<PortalFailure>();
  useEffect(() => {
    document.title = 'Open your onboarding plan';
  }, []);

  const open = async () => {
    setOpening(true);
    setFailure(undefined);
    try {
      await callPortal('/open', { method: 'POST', body: { token } });
      // Replaced, so that the back button does not lead to a link that is used.
      location.replace('/portal/');
    } catch (error) {
      setOpening(false);
      setFailure(error instanceof PortalFailure ? error : new PortalFailure(0, 'The answer could not be read. Try again.'));
    }
  };

  if (token === '' || (failure && spent.includes(failure.status))) return <LinkSpentPage />;
  return (
    <NoticePage icon="mail" title="Your onboarding plan is ready">
      <p>See your next step, what is done, and who is waiting for whom. No password needed.</p>
      <button type="button" className="primary wide" onClick={open} disabled={opening} data-testid="open-plan">
        {opening ? 'Opening…' : 'Open my plan'}
      </button>
      {failure && <FailureNote failure={failure} onRetry={open} />}
    </NoticePage>
  );
}
