import type { Json } from '@gangway/product/kernel/json.ts';
import { Button, Radio, Skeleton, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { VersionAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { ruleNames } from '../rule-editor/rule-choices.ts';
import { useToast } from '../toasts.tsx';
import { listChanges } from './changes.ts';
import type { DefinitionWords } from './definition-words.ts';
import type { Backfill, Editing } from './use-editing.ts';
import { useRuleChoices } from './use-rule-choices.ts';

interface VersionDetailProps<Body> {
  readonly editing: Editing<Body>;
  readonly words: DefinitionWords;
  readonly version: number;
  readonly onDone: () => void;
}

/** What an older version says otherwise than the newest one, and the button that brings it back. */
export function VersionDetail<Body>(props: VersionDetailProps<Body>) {
  const { editing, words, version } = props;
  const names = ruleNames(useRuleChoices());
  const answer = useAnswer<VersionAnswer>(`definitions/${editing.slice}/${editing.id}/versions/${version}`, {}, { keep: false });
  if (answer.error) return <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data || !editing.answer) return <Skeleton h={60} />;
  const { published, version: newest } = editing.answer;
  // What was stopped has no live version to be compared with; its draft is the nearest.
  const now = (published ?? editing.draft.body) as Json;
  const changes = listChanges(now, answer.data.body as Json, { parts: words.parts, names });
  return (
    <div className="gw-version-detail">
      <p className="gw-quiet">
        {published === null ? 'Compared with the draft, it says:' : `Compared with version ${newest}, which is live, it says:`}
      </p>
      {changes.length === 0 ? (
        <p>The same.</p>
      ) : (
        <ul className="gw-changes">
          {changes.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <RollBack {...props} />
    </div>
  );
}

function RollBack<Body>({ editing, words, version, onDone }: VersionDetailProps<Body>) {
  const [backfill, setBackfill] = useState<Backfill>('from_now');
  const toast = useToast();
  const next = (editing.answer?.version ?? 0) + 1;
  const unpublished = editing.answer?.changed === true;
  const rollBack = useMutation({
    mutationFn: () => editing.rollBack(version, backfill),
    onSuccess: () => {
      toast({ message: `Version ${next} is live: it says what version ${version} said` });
      onDone();
    },
  });
  return (
    <Stack gap="xs">
      {words.backfill && (
        <Radio.Group label="Who" value={backfill} onChange={(value) => setBackfill(value === 'everyone' ? 'everyone' : 'from_now')}>
          <Stack gap={8} mt={8}>
            <Radio value="from_now" label={words.backfill.fromNow} />
            <Radio value="everyone" label={words.backfill.everyone} />
          </Stack>
        </Radio.Group>
      )}
      <p className="gw-quiet">
        It is published again as version {next}. What people have seen and done stays as it is.
        {unpublished && ' Your unpublished draft is kept.'}
      </p>
      <ProblemNotice error={rollBack.error} />
      <Button variant="default" loading={rollBack.isPending} onClick={() => rollBack.mutate()}>
        {`Roll back to version ${version}`}
      </Button>
    </Stack>
  );
}
