import { useSurfaceShadow } from '@gangway/web/kit/definitions/use-surface-shadow.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { ActionIcon, Button, Tooltip, useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { defaultTheme } from '../../../kernel/theme.ts';
import hostCss from '../../../page/host.css?inline';
import type { TourStep } from '../guide.ts';
import { createCard } from '../sdk/card.ts';
import { sideOf } from '../sdk/placement.ts';
import tourCss from '../sdk/tour.css?inline';
import './guides.css';

interface TourPreviewProps {
  readonly steps: readonly TourStep[];
  /** The place of the step that is drawn. */
  readonly at: number;
  readonly onStep: (index: number) => void;
}

/** The step as the page draws it, by the same code: only the page around it is a sketch. */
export function TourPreview({ steps, at, onStep }: TourPreviewProps) {
  const [scheme, setScheme] = useState<'light' | 'dark'>(useComputedColorScheme('light', { getInitialValueInEffect: false }));
  const [ended, setEnded] = useState(false);
  const step = steps[at];
  useEffect(() => setEnded(false), [at]);
  return (
    <section className="gw-tour-preview" aria-label="Preview">
      <header>
        <h2>Preview</h2>
        <Tooltip label={scheme === 'dark' ? 'Show on a light page' : 'Show on a dark page'}>
          <ActionIcon
            aria-label={scheme === 'dark' ? 'Show on a light page' : 'Show on a dark page'}
            onClick={() => setScheme(scheme === 'dark' ? 'light' : 'dark')}
          >
            <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className="gw-preview-page" data-scheme={scheme} data-side={step?.target ? sideOf(step.placement, 'ltr') : 'center'}>
        {!step && <p className="gw-quiet">Add a step to see it here.</p>}
        {step && ended && (
          <div className="gw-preview-ended" role="status">
            <p>{at + 1 < steps.length ? 'Closed: the tour ends here and does not come back.' : 'Done: the tour is completed.'}</p>
            <Button size="xs" variant="default" onClick={() => setEnded(false)}>
              Show again
            </Button>
          </div>
        )}
        {step && !ended && (
          <>
            {step.target && <span className="gw-preview-target">{targetWords(step)}</span>}
            <PreviewCard step={step} at={at} count={steps.length} scheme={scheme} onStep={onStep} onEnd={() => setEnded(true)} />
          </>
        )}
      </div>
      {step && (
        <p className="gw-preview-note">
          Drawn by the code that runs in the page.{' '}
          {step.target ? 'On the page it points at the element and moves where there is room.' : ''}
        </p>
      )}
    </section>
  );
}

interface PreviewCardProps {
  readonly step: TourStep;
  readonly at: number;
  readonly count: number;
  readonly scheme: 'light' | 'dark';
  readonly onStep: (index: number) => void;
  readonly onEnd: () => void;
}

function PreviewCard(props: PreviewCardProps) {
  const { step, at, count, scheme } = props;
  // The card's buttons outlive a render, so they ask for what is current when they are pressed.
  const [deeds] = useState(() => ({ now: props }));
  deeds.now = props;
  const [card] = useState(() =>
    createCard({
      next: () => (deeds.now.at + 1 < deeds.now.count ? deeds.now.onStep(deeds.now.at + 1) : deeds.now.onEnd()),
      back: () => deeds.now.onStep(Math.max(0, deeds.now.at - 1)),
      close: () => deeds.now.onEnd(),
    }),
  );
  const host = useSurfaceShadow([hostCss, tourCss], defaultTheme, () => card.element);
  useEffect(() => {
    card.draw(step, at, count);
    if (step.target) card.element.dataset.aim = sideOf(step.placement, 'ltr');
    else delete card.element.dataset.aim;
  }, [card, step, at, count]);
  return <div ref={host} data-scheme={scheme} />;
}

function targetWords({ target }: TourStep): string {
  return target?.text || target?.label || target?.testId || target?.id || target?.selector || 'The element';
}
