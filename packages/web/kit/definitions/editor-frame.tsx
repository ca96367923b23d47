import { Button, Input } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import type { DefinitionRow } from '../api/answers.ts';
import { BacktestPanel } from '../backtest/backtest-panel.tsx';
import { Go } from '../go.tsx';
import { Icon } from '../icon.tsx';
import { countText } from '../number-text.ts';
import { Page } from '../page.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import { SidePanel } from '../side-panel.tsx';
import { useUrlState } from '../url-state.ts';
import { WhyContent } from '../why/why-content.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { countStates } from './count-states.ts';
import { DefinitionBadges } from './definition-badges.tsx';
import type { DefinitionWords } from './definition-words.ts';
import './definitions.css';
import type { Draft } from './draft-keeper.ts';
import { EditorMenu } from './editor-menu.tsx';
import { PreparingBadge } from './preparing-badge.tsx';
import { PublishDialog, type Reaching } from './publish-dialog.tsx';
import { SaveLine } from './save-line.tsx';
import type { Editing } from './use-editing.ts';
import { VersionsPanel } from './versions-panel.tsx';

export interface EditorFrameProps<Body extends { readonly name: string }> {
  readonly editing: Editing<Body>;
  readonly words: DefinitionWords;
  /** Whom the definition concerns; absent where it concerns nobody (a playbook, a funnel). */
  readonly reaching?: Reaching;
  /** People see it, so the question why one of them does (not) is asked here. */
  readonly why?: boolean;
  /** The live preview, beside the form on wide screens and below it on narrow ones. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** “Shown 412 · Completed 268”, once there is something to count. */
function NumbersLine({ row, words }: { row: DefinitionRow | undefined; words: DefinitionWords }) {
  if (row?.version == null || words.numbers.length === 0) return null;
  return (
    <span className="gw-save-line gw-number">
      {words.numbers.map(({ header, states }) => `${header} ${countText(countStates(row, states))}`).join(' · ')}
    </span>
  );
}

/** What no field says: complaints about the whole, and all that the server said against a draft that the form took for complete. */
function DraftComplaints({ draft }: { draft: Draft<unknown> }) {
  if (draft.save.kind === 'incomplete' && draft.save.problem) return <ProblemNotice error={draft.save.problem} />;
  const whole = draft.issues.filter((issue) => issue.path.length === 0);
  return whole.map((issue) => <Input.Error key={issue.message}>{issue.message}</Input.Error>);
}

/** The frame of every editor: name, state, autosave, publish, versions, stop. */
export function EditorFrame<Body extends { readonly name: string }>(props: EditorFrameProps<Body>) {
  const { editing, words, aside } = props;
  const { draft, answer } = editing;
  const [panel, setPanel] = useUrlState('panel');
  const [publishing, setPublishing] = useState(false);
  const publishable = answer === undefined || answer.version === null || answer.changed || !answer.live || draft.save.kind !== 'saved';
  // Everything saves by itself; whoever presses the keys out of habit gets what they expect.
  useHotkeys([['mod+S', () => void editing.flush()]], []);
  const openPublish = async () => {
    if (await editing.flush()) setPublishing(true);
  };
  return (
    <Page
      title={draft.body.name.trim() || `Untitled ${words.noun}`}
      back={<Go to={words.path}>{words.plural}</Go>}
      purpose={
        <span className="gw-editor-status">
          <PreparingBadge editing={editing} />
          {!answer?.preparing && <DefinitionBadges row={answer} />}
          <NumbersLine row={answer} words={words} />
          <SaveLine draft={draft} />
        </span>
      }
      actions={
        <>
          {props.why && (
            <Button variant="default" leftSection={<Icon name="question" />} onClick={() => setPanel('why')}>
              Why?
            </Button>
          )}
          {props.reaching && (
            <Button variant="default" leftSection={<Icon name="clock" />} onClick={() => setPanel('backtest')}>
              Backtest
            </Button>
          )}
          <EditorMenu editing={editing} words={words} onVersions={() => setPanel('versions')} />
          <Button
            onClick={() => void openPublish()}
            disabled={!publishable || draft.save.kind === 'incomplete' || draft.save.kind === 'conflict'}
          >
            {`Publish ${words.noun}`}
          </Button>
        </>
      }
    >
      {draft.save.kind === 'conflict' && <ConflictNotice keepMine={editing.keepMine} takeTheirs={editing.takeTheirs} />}
      {draft.save.kind === 'failed' && <ProblemNotice error={draft.save.problem} onRetry={() => void editing.flush()} />}
      <DraftComplaints draft={draft} />
      <div className="gw-editor" data-aside={aside ? true : undefined}>
        <div className="gw-editor-form">{props.children}</div>
        {aside && <div className="gw-editor-aside">{aside}</div>}
      </div>
      <PublishDialog editing={editing} words={words} reaching={props.reaching} opened={publishing} onClose={() => setPublishing(false)} />
      {panel === 'versions' && <VersionsPanel editing={editing} words={words} onClose={() => setPanel('')} />}
      {panel === 'backtest' && (
        <BacktestPanel
          slice={words.slice}
          id={editing.id}
          body={draft.body}
          incomplete={draft.issues.length > 0}
          noun={words.noun}
          onClose={() => setPanel('')}
        />
      )}
      {panel === 'why' && (
        <SidePanel title="Why does a person see it, or not?" onClose={() => setPanel('')}>
          <WhyContent slice={words.slice} id={editing.id} />
        </SidePanel>
      )}
    </Page>
  );
}
