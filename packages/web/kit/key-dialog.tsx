import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ProblemNotice } from './problem-notice.tsx';
import { Snippet } from './snippet.tsx';

interface KeyDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  /** Drawn anew each time it opens, so that nothing typed or shown before is left. */
  readonly children: ReactNode;
}

/** Where a key is made. A click beside it does not close it: what it shows once would be gone. */
export function KeyDialog({ opened, title, onClose, children }: KeyDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      {opened && children}
    </Modal>
  );
}

interface KeyFormProps {
  /** Under the field for the name: what the name should say. */
  readonly description: string;
  /** False while something besides the name is missing. */
  readonly ready?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onMake: (name: string) => void;
  readonly onClose: () => void;
  /** Further fields. */
  readonly children?: ReactNode;
}

/** Asks for the name of a key and whatever else it needs. */
export function KeyForm({ description, ready = true, busy, error, onMake, onClose, children }: KeyFormProps) {
  const [label, setLabel] = useState('');
  const name = label.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onMake(name);
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description={description}
          value={label}
          maxLength={80}
          onChange={(event) => setLabel(event.currentTarget.value)}
          data-autofocus
        />
        {children}
        <ProblemNotice error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name === '' || !ready} loading={busy}>
            Make key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ShownOnceProps {
  /** What to do with it, and that it cannot be shown again. */
  readonly words: string;
  readonly parts: readonly { readonly label: string; readonly code: string }[];
  /** On the button that closes it. */
  readonly done: string;
  readonly onClose: () => void;
}

/** A key that was just made, shown this once. */
export function ShownOnce({ words, parts, done, onClose }: ShownOnceProps) {
  return (
    <Stack gap="md">
      <Text>{words}</Text>
      {parts.map(({ label, code }) => (
        <Snippet key={label} code={code} label={label} />
      ))}
      <Group justify="flex-end">
        <Button onClick={onClose}>{done}</Button>
      </Group>
    </Stack>
  );
}
