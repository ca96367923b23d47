import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Go } from './go.tsx';
import { Icon } from './icon.tsx';
import { countText } from './number-text.ts';
import { RelativeTime } from './relative-time.tsx';
import './figure.css';

interface FigureProps {
  readonly label: string;
  /** As it is drawn: “63.4 %”. “–” when there is nothing to divide. */
  readonly value: string;
  /** How it is computed, in words. */
  readonly formula: string;
  /** How many cases it rests on. */
  readonly n: number;
  /** Milliseconds since 1970: up to when it counts. */
  readonly asOf: number;
  /** The screen with the rows behind it, below the environment. */
  readonly rows?: string;
  /** A line below: what is still open, a comparison. */
  readonly note?: ReactNode;
}

/** A number that shows its formula, its n and its as-of time, and opens the rows behind it. */
export function Figure({ label, value, formula, n, asOf, rows, note }: FigureProps) {
  return (
    <div className="gw-figure">
      <div className="gw-figure-label">
        {label}
        <Popover width={300} position="bottom-start">
          <Popover.Target>
            <UnstyledButton className="gw-figure-how" aria-label={`How “${label}” is computed`}>
              <Icon name="info" size={14} />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown>
            <dl className="gw-figure-facts">
              <dt>Formula</dt>
              <dd>{formula}</dd>
              <dt>n</dt>
              <dd className="gw-number">{countText(n)}</dd>
              <dt>As of</dt>
              <dd>
                <RelativeTime at={asOf} />
              </dd>
            </dl>
          </Popover.Dropdown>
        </Popover>
      </div>
      <div className="gw-figure-value gw-number">{rows ? <Go to={rows}>{value}</Go> : value}</div>
      {note && <div className="gw-figure-note">{note}</div>}
    </div>
  );
}
