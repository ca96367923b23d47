import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Icon } from './icon.tsx';
import './page.css';

interface PageProps {
  readonly title: string;
  /** One line: what this screen is for. */
  readonly purpose?: ReactNode;
  /** The primary action, and others left of it. */
  readonly actions?: ReactNode;
  /** A link back to the list this came from: a `Go`. */
  readonly back?: ReactNode;
  /** The content takes the height that is left and scrolls by itself: for a `DataTable`. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** The anatomy of every screen: title, purpose, primary action on the right, then the content. */
export function Page({ title, purpose, actions, back, fill = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Gangway`;
  }, [title]);
  return (
    <div className="gw-page" data-fill={fill || undefined}>
      <header className="gw-page-head">
        <div className="gw-page-words">
          {back && (
            <div className="gw-page-back">
              <Icon name="chevronLeft" size={13} />
              {back}
            </div>
          )}
          <Title order={1} className="gw-page-title">
            {title}
          </Title>
          {purpose && <p className="gw-page-purpose">{purpose}</p>}
        </div>
        {actions && <div className="gw-page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
