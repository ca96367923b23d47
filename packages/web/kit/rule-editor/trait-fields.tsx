import { valueWords } from '@gangway/product/rules/describe-condition.ts';
import { type Scalar, type TraitCondition, textOperators, type ValueOperator } from '@gangway/product/rules/rule.ts';
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Issue, issueAt } from '../definitions/issue.ts';
import './rule-editor.css';

export interface TraitFieldsProps {
  readonly rule: TraitCondition;
  readonly onChange: (rule: TraitCondition) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  readonly negated: boolean;
}

const numberOperators = ['greater_than', 'less_than', 'at_least', 'at_most'] as const;

/** Those that compare with one value that can be typed in. */
export const traitFieldOperators: readonly ValueOperator[] = [...textOperators, ...numberOperators, 'exists', 'missing', 'matches'];

type Kind = 'text' | 'number' | 'boolean';

/** “plan is pro”. A value has a kind, because the text “1” and the number 1 are never equal. */
export function TraitFields({ rule, onChange, issues, path, negated }: TraitFieldsProps) {
  const bare = rule.operator === 'exists' || rule.operator === 'missing';
  const kind = kindOf(rule);
  const setOperator = (operator: ValueOperator) => {
    const { type, name, value } = rule;
    if (operator === 'exists' || operator === 'missing') return onChange({ type, name, operator });
    onChange({
      type,
      name,
      operator,
      value: convert(value ?? '', allowedKinds(operator).includes(kind) ? kind : (allowedKinds(operator)[0] ?? 'text')),
    });
  };
  return (
    <>
      <span className="gw-rule-word">{negated ? 'is not someone whose' : 'has'}</span>
      <TextInput
        aria-label="Trait"
        placeholder="plan"
        className="gw-rule-trait"
        value={rule.name}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        onBlur={() => rule.name !== rule.name.trim() && onChange({ ...rule, name: rule.name.trim() })}
        error={issueAt(issues, [...path, 'name'])}
      />
      <Select
        aria-label="Comparison"
        w={138}
        allowDeselect={false}
        data={traitFieldOperators.map((value) => ({ value, label: valueWords[value] }))}
        value={rule.operator}
        onChange={(operator) => operator && setOperator(operator as ValueOperator)}
      />
      {!bare && <ValueField rule={rule} kind={kind} onChange={onChange} error={issueAt(issues, [...path, 'value'])} />}
    </>
  );
}

interface ValueFieldProps {
  readonly rule: TraitCondition;
  readonly kind: Kind;
  readonly onChange: (rule: TraitCondition) => void;
  readonly error: string | undefined;
}

function ValueField({ rule, kind, onChange, error }: ValueFieldProps) {
  const kinds = allowedKinds(rule.operator);
  const set = (value: Scalar) => onChange({ ...rule, value });
  return (
    <>
      {kind === 'boolean' ? (
        <Select
          aria-label="Value"
          w={96}
          allowDeselect={false}
          data={['true', 'false']}
          value={String(rule.value)}
          onChange={(text) => set(text === 'true')}
        />
      ) : kind === 'number' ? (
        <NumberValue value={Number(rule.value)} onChange={set} error={error} />
      ) : (
        <TextInput
          aria-label="Value"
          placeholder="pro"
          className="gw-rule-trait"
          value={String(rule.value ?? '')}
          onChange={(event) => set(event.currentTarget.value)}
          error={error}
        />
      )}
      {kinds.length > 1 && (
        <Select
          aria-label="Kind of value"
          w={112}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: kindWords[value] }))}
          value={kind}
          onChange={(next) => next && set(convert(rule.value ?? '', next as Kind))}
        />
      )}
    </>
  );
}

const kindWords: Readonly<Record<Kind, string>> = { text: 'text', number: 'number', boolean: 'true or false' };

/** A number as it is typed (also “-” and “1.”, which are not numbers yet). */
function NumberValue({ value, onChange, error }: { value: number; onChange: (value: number) => void; error: string | undefined }) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const wrong = typed !== undefined && (typed.trim() === '' || Number.isNaN(Number(typed)));
  return (
    <TextInput
      aria-label="Value"
      inputMode="decimal"
      w={96}
      value={typed ?? String(value)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        if (text.trim() !== '' && Number.isFinite(Number(text))) onChange(Number(text));
      }}
      onBlur={() => setTyped(undefined)}
      error={wrong ? 'A number, please.' : error}
    />
  );
}

function kindOf(rule: TraitCondition): Kind {
  if (typeof rule.value === 'number') return 'number';
  return typeof rule.value === 'boolean' ? 'boolean' : 'text';
}

function allowedKinds(operator: TraitCondition['operator']): readonly Kind[] {
  if (operator === 'equals' || operator === 'not_equals') return ['text', 'number', 'boolean'];
  return numberOperators.some((each) => each === operator) ? ['number'] : ['text'];
}

function convert(value: Scalar, kind: Kind): Scalar {
  if (kind === 'text') return String(value);
  if (kind === 'boolean') return value === true || value === 'true' || value === 1;
  return Number.isFinite(Number(value)) ? Number(value) : 0;
}
