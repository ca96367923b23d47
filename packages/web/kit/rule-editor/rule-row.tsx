import type { Rule } from '@gangway/product/rules/rule.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Issue } from '../definitions/issue.ts';
import { Icon } from '../icon.tsx';
import { EventFields, MilestoneFields, PageFields } from './condition-fields.tsx';
import type { RuleChoices } from './rule-choices.ts';
import './rule-editor.css';
import { opposite } from './rule-shape.ts';
import { ruleSentence } from './rule-words.ts';
import { TraitFields, traitFieldOperators } from './trait-fields.tsx';

export interface RuleRowProps {
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
  readonly onDuplicate: () => void;
  readonly onGroup: (() => void) | undefined;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
  /** The row was just added: its first field takes the focus. */
  readonly fresh: boolean;
}

/** One condition on one line, with a menu of what can be done to it. */
export function RuleRow(props: RuleRowProps) {
  const { rule, onChange, fresh } = props;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (fresh) row.current?.querySelector<HTMLElement>('input')?.focus();
  }, [fresh]);
  const negated = rule.type === 'not';
  const inner = rule.type === 'not' ? rule.rule : rule;
  const path = negated ? [...props.path, 'rule'] : props.path;
  const set = (next: Rule) => onChange(negated ? { type: 'not', rule: next } : next);
  return (
    <div className="gw-rule-row" ref={row}>
      <div className="gw-rule-fields">
        {fieldsOf(inner, { onChange: set, issues: props.issues, path, choices: props.choices, negated })}
      </div>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label="Change or remove this condition">
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onChange(opposite(rule))}>{negated ? 'Take the “not” away' : 'Ask for the opposite'}</Menu.Item>
          <Menu.Item onClick={props.onDuplicate}>Duplicate</Menu.Item>
          {props.onGroup && <Menu.Item onClick={props.onGroup}>Put into a group</Menu.Item>}
          <Menu.Divider />
          <Menu.Item color="red" onClick={props.onRemove}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

interface FieldProps {
  readonly onChange: (rule: Rule) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
  readonly negated: boolean;
}

function fieldsOf(rule: Rule, props: FieldProps): ReactNode {
  if (!hasFields(rule)) return <RuleSentence rule={rule} {...props} />;
  switch (rule.type) {
    case 'event':
      return <EventFields rule={rule} {...props} />;
    case 'trait':
      return <TraitFields rule={rule} {...props} />;
    case 'milestone':
      return <MilestoneFields rule={rule} {...props} />;
    case 'page':
      return <PageFields rule={rule} {...props} />;
    default:
      return null;
  }
}

/** Whether the form's fields show all that a condition says: what they cannot show, they would lose. */
function hasFields(rule: Rule): boolean {
  if (rule.type === 'event') return rule.where === undefined && rule.days === undefined;
  if (rule.type === 'trait') return rule.of === undefined && traitFieldOperators.some((operator) => operator === rule.operator);
  return rule.type === 'milestone' || rule.type === 'page';
}

/** A condition that was made elsewhere, in words: it can be kept, moved or removed. */
function RuleSentence({ rule, choices, negated }: FieldProps & { readonly rule: Rule }) {
  const milestoneName = (id: string) => choices.milestones.find((milestone) => milestone.id === id)?.name ?? id;
  const text = ruleSentence(rule, milestoneName);
  return <span className="gw-rule-word">{negated ? `not: ${text}` : text}</span>;
}
