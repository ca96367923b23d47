import type { ReactNode } from 'react';
import './empty-state.css';
import { EmptyPicture, type PictureName } from './empty-picture.tsx';

interface EmptyStateProps {
  readonly picture: PictureName;
  readonly title: string;
  /** What the thing is for, in one or two sentences. */
  readonly children: ReactNode;
  /** What fills it. */
  readonly action?: ReactNode;
}

/** Never a dead end: what would be here, what it is for, and the action that fills it. */
export function EmptyState({ picture, title, children, action }: EmptyStateProps) {
  return (
    <div className="gw-empty">
      <EmptyPicture name={picture} />
      <h2>{title}</h2>
      <div className="gw-empty-words">{children}</div>
      {action && <div className="gw-empty-action">{action}</div>}
    </div>
  );
}
