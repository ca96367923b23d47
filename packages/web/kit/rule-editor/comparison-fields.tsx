import { valueWords } from '@gangway/product/rules/describe-condition.ts';
import type { DateOperator, Scalar, TraitOperator } from '@gangway/product/rules/rule.ts';
import { dateOperators } from '@gangway/product/rules/rule.ts';
import { Select, TagsInput, TextInput } from '@mantine/core';
import {
  allowedKinds,
  type Comparison,
  convert,
  fieldOperators,
  isBare,
  isDate,
  isInstant,
  isListed,
  type Kind,
  kindOf,
  kindWords,
  withOperator,
} from './comparison.ts';
import { NumberValue } from './number-value.tsx';
import './rule-editor.css';
import { WholeNumberField } from './whole-number-field.tsx';

const dateLabels: Readonly<Record<DateOperator, string>> = {
  before: 'is before',
  after: 'is after',
  days_ago_at_least: 'was at least … days ago',
  days_ago_at_most: 'was at most … days ago',
  days_until_at_least: 'is at least … days away',
  days_until_at_most: 'is at most … days away',
};
const dateData = dateOperators.map((value) => ({ value, label: dateLabels[value] }));
const valueData = fieldOperators.map((value) => ({ value, label: valueWords[value] }));

interface ComparisonFieldsProps {
  readonly comparison: Comparison;
  readonly onChange: (comparison: Comparison) => void;
  /** Which operators make sense: values, dates, or both. */
  readonly operators: 'values' | 'dates' | 'both';
  /** Where days begin. */
  readonly zone: string;
  readonly error: string | undefined;
}

/** “is one of pro, team”, “was at least 3 days ago”: an operator and exactly what it takes. */
export function ComparisonFields({ comparison, onChange, operators, zone, error }: ComparisonFieldsProps) {
  const { operator } = comparison;
  const today = new Date().toISOString().slice(0, 10);
  const groups = [
    { group: 'Compare', items: valueData },
    { group: 'Dates', items: dateData },
  ];
  return (
    <>
      <Select
        aria-label="Comparison"
        w={isDate(operator) ? 200 : operator === 'matches' ? 188 : 158}
        allowDeselect={false}
        maxDropdownHeight={320}
        data={operators === 'both' ? groups : operators === 'dates' ? dateData : valueData}
        value={operator}
        onChange={(next) => next && onChange(withOperator(comparison, next as TraitOperator, { zone, today }))}
      />
      {!isBare(operator) && <ValueFields comparison={comparison} onChange={onChange} error={error} />}
    </>
  );
}

type ValueProps = Pick<ComparisonFieldsProps, 'comparison' | 'onChange' | 'error'>;

function ValueFields(props: ValueProps) {
  const { operator } = props.comparison;
  if (isInstant(operator)) return <DateValue {...props} />;
  if (isDate(operator)) return <DaysValue {...props} />;
  return (
    <>
      {isListed(operator) ? <ListValue {...props} /> : <OneValue {...props} />}
      <KindOfValue {...props} />
    </>
  );
}

function DateValue({ comparison, onChange, error }: ValueProps) {
  return (
    <>
      <TextInput
        aria-label="Date"
        type="date"
        w={150}
        value={String(comparison.value ?? '').slice(0, 10)}
        onChange={(event) => onChange({ ...comparison, value: event.currentTarget.value })}
        error={error}
      />
      <span className="gw-rule-hint">midnight in {comparison.zone}</span>
    </>
  );
}

function DaysValue({ comparison, onChange, error }: ValueProps) {
  return (
    <>
      <WholeNumberField
        label="Days"
        max={36_500}
        width={64}
        value={Number(comparison.value ?? 0)}
        onChange={(value) => onChange({ ...comparison, value })}
        error={error}
      />
      <span className="gw-rule-word">{comparison.value === 1 ? 'day' : 'days'}</span>
      <span className="gw-rule-hint">calendar days in {comparison.zone}</span>
    </>
  );
}

function OneValue({ comparison, onChange, error }: ValueProps) {
  const set = (value: Scalar) => onChange({ ...comparison, value });
  const { value } = comparison;
  if (typeof value === 'boolean') {
    return (
      <Select
        aria-label="Value"
        w={96}
        allowDeselect={false}
        data={['true', 'false']}
        value={String(value)}
        onChange={(text) => set(text === 'true')}
      />
    );
  }
  if (typeof value === 'number') return <NumberValue value={value} onChange={set} error={error} />;
  return (
    <TextInput
      aria-label="Value"
      placeholder={comparison.operator === 'matches' ? '^pro-[0-9]+$' : 'pro'}
      className="gw-rule-trait"
      value={value ?? ''}
      onChange={(event) => set(event.currentTarget.value)}
      error={error}
    />
  );
}

function ListValue({ comparison, onChange, error }: ValueProps) {
  const kind = kindOf(comparison);
  const set = (texts: readonly string[]) => {
    const usable = kind === 'number' ? texts.filter((text) => text.trim() !== '' && Number.isFinite(Number(text))) : texts;
    onChange({ ...comparison, values: usable.map((text) => convert(text, kind)) });
  };
  return (
    <TagsInput
      aria-label="Values"
      placeholder={comparison.values?.length ? '' : 'pro, then Enter'}
      className="gw-rule-name"
      maxTags={100}
      value={(comparison.values ?? []).map(String)}
      onChange={set}
      acceptValueOnBlur
      error={error}
    />
  );
}

function KindOfValue({ comparison, onChange }: ValueProps) {
  const kinds = allowedKinds(comparison.operator);
  if (kinds.length < 2) return null;
  const set = (kind: Kind) => {
    const { value, values } = comparison;
    onChange(
      values ? { ...comparison, values: values.map((each) => convert(each, kind)) } : { ...comparison, value: convert(value ?? '', kind) },
    );
  };
  return (
    <Select
      aria-label="Kind of value"
      w={112}
      allowDeselect={false}
      data={kinds.map((value) => ({ value, label: kindWords[value] }))}
      value={kindOf(comparison)}
      onChange={(kind) => kind && set(kind as Kind)}
    />
  );
}
