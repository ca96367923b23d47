import { ActionIcon, Button, Menu } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { hasIssueBelow, type Issue } from '../definitions/issue.ts';
import { Icon } from '../icon.tsx';
import { useToast } from '../toasts.tsx';
import { movePart } from './move-part.ts';
import './part-list.css';
import { useDragOrder } from './use-drag-order.ts';

export interface PartListProps<Part extends { readonly id: string }> {
  /** `step`, `item`: for labels and messages. */
  readonly noun: string;
  readonly parts: readonly Part[];
  readonly onChange: (parts: readonly Part[]) => void;
  readonly titleOf: (part: Part) => string;
  /** A quiet word at the end of a closed row. */
  readonly noteOf?: (part: Part) => ReactNode;
  /** The id of the part whose form is open; only one is. */
  readonly open: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
  readonly form: (part: Part, set: (part: Part) => void, path: Issue['path']) => ReactNode;
  readonly create: () => Part;
  /** A copy with an id of its own. */
  readonly copy: (part: Part) => Part;
  readonly max: number;
  readonly issues: readonly Issue[];
  /** Where the list lies in the body. */
  readonly path: Issue['path'];
}

/** An ordered list whose parts open one at a time: add, duplicate, remove with undo, reorder by drag and by arrow keys. */
export function PartList<Part extends { readonly id: string }>(props: PartListProps<Part>) {
  const { noun, parts } = props;
  const list = useRef<HTMLOListElement>(null);
  const adder = useRef<HTMLButtonElement>(null);
  const { said, fresh, move, insert, remove } = usePartChanges(props, adder);
  const drag = useDragOrder(list, move);
  return (
    <div className="gw-parts">
      <ol ref={list}>
        {parts.map((part, index) => (
          <PartRow
            key={part.id}
            {...props}
            part={part}
            index={index}
            fresh={fresh === part.id}
            dragged={drag.dragged === index}
            onGrab={() => drag.grab(index)}
            onMove={(by) => move(index, index + by)}
            onCopy={() => insert(props.copy(part), index + 1)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <span role="status" className="gw-hidden">
        {said}
      </span>
      <Button
        ref={adder}
        variant="default"
        size="xs"
        leftSection={<Icon name="plus" />}
        disabled={parts.length >= props.max}
        onClick={() => insert(props.create(), parts.length)}
        className="gw-parts-add"
      >
        {`Add ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`}
      </Button>
    </div>
  );
}

/** What can be done to the parts, what was said of it, and which part was just added. */
function usePartChanges<Part extends { readonly id: string }>(props: PartListProps<Part>, adder: RefObject<HTMLButtonElement | null>) {
  const { noun, parts, onChange } = props;
  const [said, setSaid] = useState('');
  const [fresh, setFresh] = useState<string | undefined>(undefined);
  const toast = useToast();
  // An undo comes later, over whatever the list is by then.
  const latest = useRef(parts);
  latest.current = parts;
  const move = (from: number, to: number) => {
    const next = movePart(parts, from, to);
    if (next === parts) return;
    onChange(next);
    setSaid(`Moved to place ${Math.max(0, Math.min(parts.length - 1, to)) + 1} of ${parts.length}.`);
  };
  const insert = (part: Part, index: number) => {
    onChange(parts.toSpliced(index, 0, part));
    setFresh(part.id);
    props.onOpen(part.id);
  };
  const remove = (index: number) => {
    const part = parts[index];
    if (!part) return;
    onChange(parts.toSpliced(index, 1));
    adder.current?.focus();
    const undo = () => onChange(latest.current.toSpliced(Math.min(index, latest.current.length), 0, part));
    toast({ message: `Removed ${noun} “${props.titleOf(part) || 'without a title'}”`, undo });
  };
  return { said, fresh, move, insert, remove };
}

interface PartRowProps<Part extends { readonly id: string }> extends PartListProps<Part> {
  readonly part: Part;
  readonly index: number;
  /** It was just added: its first field takes the focus. */
  readonly fresh: boolean;
  readonly dragged: boolean;
  readonly onGrab: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

function PartRow<Part extends { readonly id: string }>(props: PartRowProps<Part>) {
  const { noun, part, parts, index, open, onOpen, path } = props;
  const title = props.titleOf(part);
  const expanded = open === part.id;
  const place = [...path, index];
  const wrong = hasIssueBelow(props.issues, place);
  const formId = `part-${noun}-${part.id}`;
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.fresh) form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [props.fresh]);
  return (
    <li data-dragged={props.dragged || undefined} data-open={expanded || undefined}>
      <div className="gw-part-head">
        <ActionIcon
          className="gw-part-handle"
          aria-label={`Move ${noun} ${index + 1} of ${parts.length}: arrow up, arrow down`}
          onPointerDown={(event) => {
            if (event.button === 0) props.onGrab();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            props.onMove(event.key === 'ArrowUp' ? -1 : 1);
          }}
        >
          <Icon name="drag" />
        </ActionIcon>
        <button
          type="button"
          className="gw-part-title"
          aria-expanded={expanded}
          aria-controls={formId}
          onClick={() => onOpen(expanded ? undefined : part.id)}
        >
          <span className="gw-part-number gw-number">{index + 1}</span>
          <span className="gw-cut">{title || <em className="gw-quiet">Without a title</em>}</span>
          {wrong && (
            <span className="gw-part-wrong">
              <Icon name="warning" size={14} />
              Needs attention
            </span>
          )}
          {!expanded && !wrong && props.noteOf && <span className="gw-part-note gw-cut">{props.noteOf(part)}</span>}
          <Icon name={expanded ? 'chevronDown' : 'chevronRight'} />
        </button>
        <PartMenu {...props} />
      </div>
      {expanded && (
        <div className="gw-part-form" id={formId} ref={form}>
          {props.form(part, (next) => props.onChange(parts.toSpliced(index, 1, next)), place)}
        </div>
      )}
    </li>
  );
}

function PartMenu<Part extends { readonly id: string }>({ noun, parts, index, max, onMove, onCopy, onRemove }: PartRowProps<Part>) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${noun} ${index + 1}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={index === 0} onClick={() => onMove(-1)}>
          Move up
        </Menu.Item>
        <Menu.Item disabled={index === parts.length - 1} onClick={() => onMove(1)}>
          Move down
        </Menu.Item>
        <Menu.Item disabled={parts.length >= max} onClick={onCopy}>
          Duplicate
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" onClick={onRemove}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
