import { Select } from '@mantine/core';
import { useDefinitionNames } from '../definitions/use-definitions.ts';
import { EmptyState } from '../empty-state.tsx';
import { Go } from '../go.tsx';
import { ProblemNotice } from '../problem-notice.tsx';
import { useUrlState } from '../url-state.ts';
import { Why } from './why.tsx';

const slices = [
  { slice: 'guides', group: 'Guides' },
  { slice: 'checklists', group: 'Checklists' },
] as const;

/** “Why does this person (not) see it?”: choose a guide or a checklist, read the answer. The choice is in the address. */
export function WhyPerson({ person }: { person: string }) {
  const [chosen, setChosen] = useUrlState('why');
  const guides = useDefinitionNames('guides');
  const checklists = useDefinitionNames('checklists');
  const answers = [guides, checklists];
  const error = guides.error ?? checklists.error;
  const data = slices.map(({ slice, group }, index) => ({
    group,
    items: (answers[index]?.data?.definitions ?? []).map((definition) => ({
      value: `${slice}/${definition.id}`,
      label: definition.live ? definition.name : `${definition.name} (not live)`,
    })),
  }));
  const none = answers.every((answer) => answer.data) && data.every((group) => group.items.length === 0);
  if (none) {
    return (
      <EmptyState picture="guide" title="There is nothing to see yet" action={<Go to="/guides">Go to guides</Go>}>
        As soon as there is a guide or a checklist, this answers why the person sees it or does not.
      </EmptyState>
    );
  }
  const [slice, id] = chosen.split('/');
  return (
    <div className="gw-why-choice">
      <Select
        label="Guide or checklist"
        placeholder="Choose one"
        searchable
        maw={420}
        data={data}
        value={chosen || null}
        onChange={(value) => setChosen(value ?? '')}
        nothingFoundMessage="None has this name"
      />
      <ProblemNotice error={error} />
      {slice && id ? (
        <Why slice={slice} id={id} person={person} />
      ) : (
        <p className="gw-quiet gw-why-none">Choose what the person should see. The answer names each condition and what was found.</p>
      )}
    </div>
  );
}
