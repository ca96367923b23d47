import { Skeleton, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { DefinitionAnswer } from '../api/answers.ts';
import { useEnvironment } from '../api/environment.tsx';
import { answerKey, useAnswer } from '../api/use-answer.ts';
import { EmptyState } from '../empty-state.tsx';
import { Go } from '../go.tsx';
import { Page } from '../page.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import type { DefinitionWords } from './definition-words.ts';
import type { Issue } from './issue.ts';
import { type LocalDraft, loadLocalDraft } from './local-draft.ts';
import { type Editing, useEditing } from './use-editing.ts';

export interface DefinitionLoaderProps<Body> {
  readonly words: DefinitionWords;
  readonly id: string;
  /** Complaints that need no server: shown beside their fields at once. Must not change between renders. */
  readonly complaints: (body: Body) => readonly Issue[];
  readonly children: (editing: Editing<Body>) => ReactNode;
}

/** Loads a definition for its editor: skeleton, not found, problem, or the editor. */
export function DefinitionLoader<Body>({ words, id, complaints, children }: DefinitionLoaderProps<Body>) {
  const environment = useEnvironment();
  // Read once: from the first render on, the editor is the only one who writes it.
  const [local] = useState(() => loadLocalDraft({ environment: environment.id, slice: words.slice, id }));
  const path = `definitions/${words.slice}/${id}`;
  const cached = useQueryClient().getQueryData(answerKey(environment.id, path)) !== undefined;
  // A draft of revision 0 is not on the server before its first save, so there is nothing to ask for.
  const unsaved = local?.revision === 0 && !cached;
  const answer = useAnswer<DefinitionAnswer>(path, undefined, { keep: false, enabled: !unsaved });
  const back = <Go to={words.path}>{words.plural}</Go>;
  if (answer.data || unsaved) {
    return <LoadedDefinition key={id} words={words} id={id} complaints={complaints} answer={answer.data} local={local} render={children} />;
  }
  if (answer.error?.status === 404) {
    return (
      <Page title="Not found" back={back}>
        <EmptyState picture="search" title={`There is no ${words.noun} here`}>
          It may belong to another environment, or the address was cut.
        </EmptyState>
      </Page>
    );
  }
  if (answer.error) {
    return (
      <Page title={words.singular} back={back}>
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      </Page>
    );
  }
  return <EditorSkeleton words={words} back={back} />;
}

interface LoadedProps<Body> extends Omit<DefinitionLoaderProps<Body>, 'children'> {
  readonly answer: DefinitionAnswer | undefined;
  readonly local: LocalDraft | undefined;
  readonly render: (editing: Editing<Body>) => ReactNode;
}

function LoadedDefinition<Body>({ words, id, complaints, answer, local, render }: LoadedProps<Body>) {
  return render(useEditing<Body>({ slice: words.slice, id, answer, local, complaints }));
}

function EditorSkeleton({ words, back }: { words: DefinitionWords; back: ReactNode }) {
  return (
    <Page title={words.singular} back={back}>
      <Stack gap="md" maw={720} aria-busy="true">
        <Skeleton h={36} />
        <Skeleton h={120} />
        <Skeleton h={220} />
      </Stack>
    </Page>
  );
}
