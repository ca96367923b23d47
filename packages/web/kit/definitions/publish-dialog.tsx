import type { Json } from '@gangway/product/kernel/json.ts';
import { Button, Group, Modal, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNotice } from '../problem-notice.tsx';
import { ruleNames } from '../rule-editor/rule-choices.ts';
import { useToast } from '../toasts.tsx';
import { listChanges } from './changes.ts';
import type { DefinitionWords } from './definition-words.ts';
import { ReachLine, type ReachLineProps } from './reach-line.tsx';
import type { Backfill, Editing } from './use-editing.ts';
import { useRuleChoices } from './use-rule-choices.ts';

/** The part of a body that decides whom it concerns, for the reach. */
export type Reaching = Pick<ReachLineProps, 'rule' | 'unit'>;

export interface PublishDialogProps<Body> {
  readonly editing: Editing<Body>;
  readonly words: DefinitionWords;
  readonly reaching: Reaching | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Nothing is published blind: the next version, what changed, whom it reaches, and who is spared. */
export function PublishDialog<Body>(props: PublishDialogProps<Body>) {
  const next = (props.editing.answer?.version ?? 0) + 1;
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={`Publish version ${next}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {props.opened && <PublishForm {...props} next={next} />}
    </Modal>
  );
}

function PublishForm<Body>({ editing, words, reaching, onClose, next }: PublishDialogProps<Body> & { next: number }) {
  const [backfill, setBackfill] = useState<Backfill>('everyone');
  const toast = useToast();
  const publish = useMutation({
    mutationFn: () => editing.publish(backfill),
    onSuccess: () => {
      toast({ message: `Version ${next} is live` });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate();
      }}
    >
      <Stack gap="md">
        <Text>{words.whenPublished}</Text>
        <ChangeList editing={editing} words={words} />
        {reaching && <ReachLine slice={editing.slice} id={editing.id} body={editing.draft.body} ready {...reaching} />}
        {words.backfill && (
          <Radio.Group label="Who" value={backfill} onChange={(value) => setBackfill(value === 'from_now' ? 'from_now' : 'everyone')}>
            <Stack gap={8} mt={8}>
              <Radio value="everyone" label={words.backfill.everyone} />
              <Radio value="from_now" label={words.backfill.fromNow} />
            </Stack>
          </Radio.Group>
        )}
        <ProblemNotice error={publish.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Not yet
          </Button>
          <Button type="submit" loading={publish.isPending} data-autofocus>
            {`Publish ${words.noun}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ChangeList<Body>({ editing, words }: { editing: Editing<Body>; words: DefinitionWords }) {
  const names = ruleNames(useRuleChoices());
  const { answer } = editing;
  if (!answer) return <Skeleton h={40} />;
  if (answer.version === null) return <Text c="dimmed">{`The first version of this ${words.noun}.`}</Text>;
  const changes = listChanges(answer.published as Json, editing.draft.body as Json, { parts: words.parts, names });
  if (changes.length === 0) return <Text c="dimmed">{`Nothing differs from version ${answer.version}.`}</Text>;
  return (
    <div>
      <Text fw={550}>{`What changed since version ${answer.version}`}</Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, and a keyboard must reach it. */}
      <ul className="gw-changes" tabIndex={0}>
        {changes.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
