import { useSurfaceShadow } from '@gangway/web/kit/definitions/use-surface-shadow.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { ActionIcon, Slider, Tooltip, useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { defaultTheme } from '../../../kernel/theme.ts';
import hostCss from '../../../page/host.css?inline';
import type { Checklist, ChecklistView } from '../checklist.ts';
import checklistCss from '../sdk/checklist.css?inline';
import { createLauncher } from '../sdk/launcher.ts';
import { createPanel } from '../sdk/panel.ts';
import './checklists.css';

interface ChecklistPreviewProps {
  readonly list: Checklist;
  /** The id of the item that stands open. */
  readonly open: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}

/** The panel and its pill as the page draws them, by the same code, with as many items ticked as the author likes. */
export function ChecklistPreview({ list, open, onOpen }: ChecklistPreviewProps) {
  const [scheme, setScheme] = useState<'light' | 'dark'>(useComputedColorScheme('light', { getInitialValueInEffect: false }));
  const [ticked, setTicked] = useState(0);
  const count = list.items.length;
  const done = Math.min(ticked, count);
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <section className="gw-checklist-preview" aria-label="Preview">
      <header>
        <h2>Preview</h2>
        <Tooltip label={`Show on a ${other} page`}>
          <ActionIcon aria-label={`Show on a ${other} page`} onClick={() => setScheme(other)}>
            <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className="gw-checklist-page" data-scheme={scheme}>
        {count === 0 ? (
          <p className="gw-quiet">Add an item to see the list.</p>
        ) : (
          <PreviewPanel list={list} done={done} open={open} onOpen={onOpen} scheme={scheme} />
        )}
      </div>
      {count > 0 && (
        <div className="gw-checklist-ticks">
          <span id="preview-ticks">Ticked</span>
          <Slider
            aria-labelledby="preview-ticks"
            thumbLabel="Items ticked in the preview"
            flex={1}
            min={0}
            max={count}
            step={1}
            value={done}
            onChange={setTicked}
            label={null}
          />
          <span className="gw-number">
            {done} of {count}
          </span>
        </div>
      )}
      <p className="gw-preview-note">Drawn by the code that runs in the page.</p>
    </section>
  );
}

interface PreviewPanelProps extends ChecklistPreviewProps {
  readonly done: number;
  readonly scheme: 'light' | 'dark';
}

function PreviewPanel(props: PreviewPanelProps) {
  const { list, done, open, scheme } = props;
  const [folded, setFolded] = useState(false);
  const [stack] = useState(() => {
    const made = document.createElement('div');
    made.className = 'stack';
    return made;
  });
  const host = useSurfaceShadow([hostCss, checklistCss], defaultTheme, () => stack);
  // What is drawn outlives a render, so its buttons ask for what is current when they are pressed.
  const current = useRef(props);
  current.current = props;
  const drawn = useMemo(() => {
    const launcher = createLauncher(list, () => setFolded((before) => !before));
    const panel = createPanel(list, {
      toggle: (item) => current.current.onOpen(item.id === current.current.open ? undefined : item.id),
      // What the buttons do belongs to the page; here they only fold the list away.
      act: () => setFolded(true),
      minimise: () => setFolded(true),
      dismiss: () => setFolded(true),
    });
    return { launcher, panel };
  }, [list]);
  useEffect(() => stack.replaceChildren(drawn.launcher.element, drawn.panel.element), [stack, drawn]);
  useEffect(() => {
    const view: ChecklistView = {
      ticked: list.items.slice(0, done).map((item) => item.id),
      completed: done === list.items.length,
      dismissed: false,
    };
    drawn.launcher.draw(view, !folded);
    drawn.panel.draw(view, open);
    drawn.panel.element.hidden = folded;
    host.current?.style.setProperty('--done', `${(done / list.items.length) * 100}%`);
  }, [drawn, list, done, open, folded, host]);
  return <div ref={host} data-scheme={scheme} />;
}
