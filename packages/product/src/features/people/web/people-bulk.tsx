import { csvText, saveFile } from '@gangway/web/kit/data-table/csv.ts';
import { plural } from '@gangway/web/kit/number-text.ts';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button } from '@mantine/core';
import type { PersonRow } from '../contract.ts';
import { peopleColumns } from './people-columns.tsx';

/** What can be done with the people that are selected: their mail addresses, their rows as a file. */
export function PeopleBulk({ people, onDone }: { people: readonly PersonRow[]; onDone: () => void }) {
  const toast = useToast();
  const mails = people.flatMap((person) => (person.email === null ? [] : [person.email]));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(mails.join(', '));
      toast({ message: `${plural(mails.length, 'mail address', 'mail addresses')} copied.` });
      onDone();
    } catch {
      toast({ message: 'The browser did not allow copying. Export the selection instead.', tone: 'bad' });
    }
  };
  return (
    <>
      <Button size="compact-sm" variant="default" disabled={mails.length === 0} onClick={copy}>
        Copy mail addresses
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => saveFile('people-selected.csv', csvText(peopleColumns, people))}>
        Export selection
      </Button>
    </>
  );
}
