import { Button } from '@mantine/core';
import { asProblem } from './api/api-problem.ts';
import { CopyId } from './copy-id.tsx';
import { Icon } from './icon.tsx';
import './problem-notice.css';

/**
 * What went wrong, in the server's words (what happened, what was kept, what to do), with the request id to copy.
 * Draws nothing when `error` is null or undefined, so it can stand beside any form or list.
 */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  if (error === null || error === undefined) return null;
  const problem = asProblem(error);
  return (
    <div className="gw-problem" role="alert">
      <Icon name="warning" />
      <div className="gw-problem-words">
        <p>{problem.message}</p>
        {problem.issues.length > 0 && (
          <ul>
            {problem.issues.map((issue) => (
              <li key={`${issue.path.join('.')} ${issue.message}`}>
                {issue.path.length > 0 && <strong>{issue.path.join(' › ')}: </strong>}
                {issue.message}
              </li>
            ))}
          </ul>
        )}
        {problem.requestId && (
          <p className="gw-problem-id">
            Request <CopyId id={problem.requestId} label="request id" />
          </p>
        )}
      </div>
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
