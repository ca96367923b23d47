import type { Rule } from '@gangway/product/rules/rule.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Issue } from '../definitions/issue.ts';
import { Icon } from '../icon.tsx';
import type { ConditionProps } from './condition-props.ts';
import { CountFields } from './count-fields.tsx';
import { EventTimeFields, SequenceFields } from './history-fields.tsx';
import { PageFields, PageHostFields, PageQueryFields } from './page-fields.tsx';
import { CohortFields, ContentFields, MilestoneFields, SegmentFields } from './pick-fields.tsx';
import { type RuleChoices, ruleNames } from './rule-choices.ts';
import './rule-editor.css';
import { opposite } from './rule-shape.ts';
import { ruleSentence } from './rule-words.ts';
import { TraitFields } from './trait-fields.tsx';
import { useQuiet } from './use-quiet.ts';

export interface RuleRowProps {
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
  readonly onDuplicate: () => void;
  readonly onGroup: (() => void) | undefined;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
  /** The row was just added: its first empty field takes the focus. */
  readonly fresh: boolean;
}

/** One condition on one line, with a menu of what can be done to it. */
export function RuleRow(props: RuleRowProps) {
  const { rule, onChange, fresh } = props;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!fresh) return;
    const fields = [...(row.current?.querySelectorAll('input') ?? [])];
    (fields.find(({ value }) => value === '') ?? fields[0])?.focus();
  }, [fresh]);
  const negated = rule.type === 'not';
  const inner = rule.type === 'not' ? rule.rule : rule;
  const path = negated ? [...props.path, 'rule'] : props.path;
  const set = (next: Rule) => onChange(negated ? { type: 'not', rule: next } : next);
  const { quiet, listen } = useQuiet(fresh);
  return (
    <div className="gw-rule-row" ref={row}>
      <div className="gw-rule-fields" {...listen}>
        {fieldsOf(inner, { onChange: set, issues: quiet ? [] : props.issues, path, choices: props.choices, negated })}
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

type FieldProps = Omit<ConditionProps<Rule>, 'rule'>;

function fieldsOf(rule: Rule, props: FieldProps): ReactNode {
  switch (rule.type) {
    case 'event':
    case 'event_sum':
    case 'event_days':
      return <CountFields rule={rule} {...props} />;
    case 'event_time':
      return <EventTimeFields rule={rule} {...props} />;
    case 'sequence':
      return <SequenceFields rule={rule} {...props} />;
    case 'trait':
      return <TraitFields rule={rule} {...props} />;
    case 'milestone':
      return <MilestoneFields rule={rule} {...props} />;
    case 'segment':
      return <SegmentFields rule={rule} {...props} />;
    case 'cohort':
      return <CohortFields rule={rule} {...props} />;
    case 'content':
      return <ContentFields rule={rule} {...props} />;
    case 'page':
      return <PageFields rule={rule} {...props} />;
    case 'page_query':
      return <PageQueryFields rule={rule} {...props} />;
    case 'page_host':
      return <PageHostFields rule={rule} {...props} />;
    default:
      return <RuleSentence rule={rule} negated={props.negated} choices={props.choices} />;
  }
}

/** A condition that was made elsewhere, in words: it can be kept, moved or removed. */
function RuleSentence({ rule, negated, choices }: { readonly rule: Rule; readonly negated: boolean; readonly choices: RuleChoices }) {
  const text = ruleSentence(rule, ruleNames(choices));
  return <span className="gw-rule-word">{negated ? `not: ${text}` : text}</span>;
}
