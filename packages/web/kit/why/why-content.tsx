import { PersonPicker } from '../person-picker.tsx';
import { useUrlState } from '../url-state.ts';
import { Why } from './why.tsx';

/** The same question from the content's side: choose a person, read why they see it or do not. */
export function WhyContent({ slice, id }: { slice: string; id: string }) {
  const [person, setPerson] = useUrlState('person');
  return (
    <div className="gw-why-choice">
      <PersonPicker label="Person" value={person || null} onChange={(chosen) => setPerson(chosen ?? '')} />
      {person && <Why slice={slice} id={id} person={person} />}
    </div>
  );
}
