import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { useDefinitionNames } from '@gangway/web/kit/definitions/use-definitions.ts';
import { useEventNames } from '@gangway/web/kit/definitions/use-rule-choices.ts';
import { EventNameField } from '@gangway/web/kit/rule-editor/event-name-field.tsx';
import { Select } from '@mantine/core';
import type { EventPick } from '../../event-pick.ts';
import '../reports.css';
import { WhereFields } from './where-fields.tsx';

interface PickFieldsProps<Pick extends EventPick> {
  /** What it is for: “step 1”, “the start”. */
  readonly label: string;
  readonly pick: Pick;
  readonly onChange: (pick: Pick) => void;
  /** Whether “any event” can be meant. */
  readonly any: boolean;
  readonly issues: readonly Issue[];
  /** Where it lies in the body. */
  readonly path: Issue['path'];
}

/** Which events are meant: one by name, a milestone, or any; with conditions on their properties. */
export function PickFields<Pick extends EventPick>({ label, pick, onChange, any, issues, path }: PickFieldsProps<Pick>) {
  const events = useEventNames();
  const milestones = useDefinitionNames('milestones').data?.definitions ?? [];
  const give = (next: EventPick) => onChange(next as Pick);
  const kinds = [
    ...(any ? [{ value: 'any', label: 'Any event' }] : []),
    { value: 'event', label: 'Did' },
    { value: 'milestone', label: 'Reached' },
  ];
  return (
    <div className="gw-report-pick">
      <div className="gw-funnel-step-fields">
        <Select
          aria-label={`Kind of ${label}`}
          w={124}
          allowDeselect={false}
          data={kinds}
          value={pick.type}
          onChange={(type) => give(pickOf(type ?? 'event'))}
        />
        {pick.type === 'event' && (
          <EventNameField
            label={`Event of ${label}`}
            placeholder="Signed Up"
            value={pick.name}
            onChange={(name) => give({ ...pick, name })}
            seen={events}
            error={issueAt(issues, [...path, 'name'])}
          />
        )}
        {pick.type === 'milestone' && (
          <MilestoneField
            label={label}
            id={pick.id}
            milestones={milestones}
            onChange={(id) => give({ ...pick, id })}
            error={issueAt(issues, [...path, 'id'])}
          />
        )}
      </div>
      {pick.type !== 'milestone' && (
        <WhereFields
          tests={pick.where ?? []}
          onChange={(where) => give(withWhere(pick, where))}
          label={label}
          event={pick.type === 'event' ? pick.name : ''}
          issues={issues}
          path={[...path, 'where']}
        />
      )}
    </div>
  );
}

function pickOf(type: string): EventPick {
  if (type === 'milestone') return { type, id: '' };
  return type === 'any' ? { type } : { type: 'event', name: '' };
}

/** Without conditions there is no list of them, so that an untouched report stays as it was saved. */
function withWhere(pick: EventPick, where: NonNullable<EventPick['where']>): EventPick {
  const { where: _where, ...rest } = pick;
  return where.length === 0 ? (rest as EventPick) : ({ ...rest, where } as EventPick);
}

interface MilestoneFieldProps {
  readonly label: string;
  readonly id: string;
  readonly milestones: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (id: string) => void;
  readonly error: string | undefined;
}

function MilestoneField({ label, id, milestones, onChange, error }: MilestoneFieldProps) {
  const known = id === '' || milestones.some((milestone) => milestone.id === id);
  const data = milestones.map((milestone) => ({ value: milestone.id, label: milestone.name }));
  return (
    <Select
      aria-label={`Milestone of ${label}`}
      placeholder="Choose a milestone"
      flex="1 1 140px"
      searchable
      data={known ? data : [...data, { value: id, label: id }]}
      value={id === '' ? null : id}
      onChange={(next) => onChange(next ?? '')}
      nothingFoundMessage="No milestone of that name"
      error={error}
    />
  );
}
