import { Icon } from '@gangway/web/kit/icon.tsx';
import { ActionIcon, Group, Textarea, Tooltip } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Block } from '../../../kernel/content.ts';
import { readBlocks, writeBlocks } from './block-text.ts';
import { linkComplaint } from './link-complaint.ts';
import { makeLink, type Selected, toggleMark } from './text-marks.ts';

interface BodyFieldProps {
  readonly value: readonly Block[];
  readonly onChange: (blocks: Block[]) => void;
  readonly error: string | undefined;
}

/** The text of a step: paragraphs and lists with bold, italic and links, by buttons, keys or the notation itself. */
export function BodyField({ value, onChange, error }: BodyFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => writeBlocks(value));
  const sent = useRef(value);
  useEffect(() => {
    // Another draft came in (a conflict was decided, an undo): what is in the field is no longer it.
    if (sent.current !== value) setText(writeBlocks(value));
    sent.current = value;
  }, [value]);
  const set = (next: string) => {
    const blocks = readBlocks(next);
    sent.current = blocks;
    setText(next);
    onChange(blocks);
  };
  const apply = (change: (selected: Selected) => Selected) => {
    const at = field.current;
    if (!at) return;
    const next = change({ text, start: at.selectionStart, end: at.selectionEnd });
    set(next.text);
    requestAnimationFrame(() => {
      at.focus();
      at.setSelectionRange(next.start, next.end);
    });
  };
  const keys = (event: KeyboardEvent) => {
    const mark = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey ? marks[event.key.toLowerCase()] : undefined;
    if (!mark) return;
    event.preventDefault();
    // The command palette listens for the same key higher up; in this field it means a link.
    event.stopPropagation();
    apply(mark);
  };
  return (
    <div className="gw-body-field">
      <Group gap={2} justify="flex-end" className="gw-body-tools">
        <MarkButton label="Bold (Ctrl B)" onClick={() => apply(bold)}>
          <strong>B</strong>
        </MarkButton>
        <MarkButton label="Italic (Ctrl I)" onClick={() => apply(italic)}>
          <em>I</em>
        </MarkButton>
        <MarkButton label="Link (Ctrl K)" onClick={() => apply(makeLink)}>
          <Icon name="link" />
        </MarkButton>
      </Group>
      <Textarea
        ref={field}
        label="Text"
        description="An empty line starts a paragraph, “- ” a list."
        minRows={3}
        maxRows={12}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
        onKeyDown={keys}
        error={error ?? linkComplaint(value)}
      />
    </div>
  );
}

const bold = (selected: Selected) => toggleMark(selected, '**');
const italic = (selected: Selected) => toggleMark(selected, '*');
const marks: Readonly<Record<string, (selected: Selected) => Selected>> = { b: bold, i: italic, k: makeLink };

function MarkButton({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={26} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
