import type { Rule } from '@gangway/product/rules/rule.ts';
import { ActionIcon, Button, Menu, Select } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Issue } from '../definitions/issue.ts';
import { Icon } from '../icon.tsx';
import type { RuleChoices } from './rule-choices.ts';
import './rule-editor.css';
import { RuleRow } from './rule-row.tsx';
import {
  type ConditionType,
  conditionTypeWords,
  type GroupShape,
  groupModes,
  groupModeWords,
  newCondition,
  readGroup,
  writeGroup,
} from './rule-shape.ts';
import { WholeNumberField } from './whole-number-field.tsx';

export interface RuleGroupProps {
  readonly group: GroupShape;
  readonly onChange: (rule: Rule) => void;
  readonly issues: readonly Issue[];
  /** The path of the group's rule; its parts lie at `group.path` below. */
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
  readonly types: readonly ConditionType[];
  /** 0 at the root. Deeper than three a rule is better cut into a milestone. */
  readonly depth: number;
  /** “People who match”, “Reached when”. */
  readonly lead: string;
  /** Absent at the root. */
  readonly actions?: { readonly remove: () => void; readonly duplicate: () => void; readonly dissolve: () => void };
}

const deepest = 3;

/** A group of conditions, which may hold groups. Everything in it can be reached and done by keyboard. */
export function RuleGroup(props: RuleGroupProps) {
  const { group, depth } = props;
  const [fresh, setFresh] = useState<number | undefined>(undefined);
  const adder = useRef<HTMLButtonElement>(null);
  const set = (parts: readonly Rule[]) => props.onChange(writeGroup(group.mode, parts, group.count));
  const replace = (index: number, ...rules: Rule[]) => set(group.parts.toSpliced(index, 1, ...rules));
  const add = (rule: Rule) => {
    setFresh(group.parts.length);
    set([...group.parts, rule]);
  };
  const remove = (index: number) => {
    setFresh(undefined);
    replace(index);
    adder.current?.focus();
  };
  return (
    <fieldset className={depth === 0 ? 'gw-rule-root' : 'gw-rule-group'}>
      <legend className="gw-rule-legend">{props.lead}</legend>
      {(group.parts.length > 1 || depth > 0) && <GroupHead {...props} />}
      {group.parts.map((part, index) => (
        <GroupPart
          // Parts have no identity of their own: the position is the key, and every field is controlled.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          key={index}
          {...props}
          part={part}
          index={index}
          fresh={fresh === index}
          replace={(...rules) => replace(index, ...rules)}
          remove={() => remove(index)}
        />
      ))}
      <AddCondition
        types={props.types}
        zone={props.choices.zone}
        onAdd={add}
        buttonRef={adder}
        {...(depth < deepest ? { onGroup: () => add(writeGroup('any', [])) } : {})}
      />
    </fieldset>
  );
}

interface GroupPartProps extends RuleGroupProps {
  readonly part: Rule;
  readonly index: number;
  /** It was just added. */
  readonly fresh: boolean;
  readonly replace: (...rules: Rule[]) => void;
  readonly remove: () => void;
}

/** One part of a group: a condition on a line, or a group in the group. */
function GroupPart(props: GroupPartProps) {
  const { group, depth, part, types, fresh, replace, remove } = props;
  const inner = readGroup(part);
  const common = {
    issues: props.issues,
    path: partPlace(props, props.index),
    choices: props.choices,
    onChange: (rule: Rule) => replace(rule),
  };
  if (inner) {
    const actions = { remove, duplicate: () => replace(part, part), dissolve: () => replace(...inner.parts) };
    return <RuleGroup group={inner} {...common} types={types} depth={depth + 1} lead="Group of conditions" actions={actions} />;
  }
  const wrap = () => replace(writeGroup(group.mode === 'any' ? 'all' : 'any', [part]));
  return (
    <RuleRow
      rule={part}
      {...common}
      fresh={fresh}
      onRemove={remove}
      onDuplicate={() => replace(part, part)}
      onGroup={depth < deepest ? wrap : undefined}
    />
  );
}

function partPlace({ group, path }: RuleGroupProps, index: number): Issue['path'] {
  return group.path.length === 0 ? path : [...path, ...group.path, index];
}

function GroupHead({ group, onChange, actions }: RuleGroupProps) {
  const modes = groupModes.filter((mode) => mode !== 'not_all' || group.mode === 'not_all');
  return (
    <div className="gw-rule-head">
      <span className="gw-rule-word">match</span>
      <Select
        aria-label="How the conditions count together"
        w={210}
        allowDeselect={false}
        data={modes.map((value) => ({ value, label: groupModeWords[value] }))}
        value={group.mode}
        onChange={(mode) => mode && onChange(writeGroup(mode as GroupShape['mode'], group.parts, 2))}
      />
      {group.mode === 'at_least' && (
        <WholeNumberField
          label="How many of them"
          min={1}
          max={Math.max(1, group.parts.length)}
          width={56}
          value={group.count}
          onChange={(count) => onChange(writeGroup('at_least', group.parts, count))}
        />
      )}
      {actions && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label="Change or remove this group" ml="auto">
              <Icon name="dots" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={actions.dissolve}>Take the conditions out</Menu.Item>
            <Menu.Item onClick={actions.duplicate}>Duplicate</Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" onClick={actions.remove}>
              Remove the group
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

interface AddConditionProps {
  readonly types: readonly ConditionType[];
  readonly zone: string;
  readonly onAdd: (rule: Rule) => void;
  readonly onGroup?: () => void;
  readonly buttonRef: React.Ref<HTMLButtonElement>;
}

function AddCondition({ types, zone, onAdd, onGroup, buttonRef }: AddConditionProps) {
  return (
    // Focus goes into the new row, so the menu must not take it back.
    <Menu position="bottom-start" withinPortal returnFocus={false}>
      <Menu.Target>
        <Button ref={buttonRef} variant="subtle" size="compact-sm" leftSection={<Icon name="plus" />} className="gw-rule-add">
          Add a condition
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {types.map((type) => (
          <Menu.Item key={type} onClick={() => onAdd(newCondition(type, zone))}>
            {conditionTypeWords[type]}
          </Menu.Item>
        ))}
        {onGroup && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={onGroup}>Group of conditions</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
