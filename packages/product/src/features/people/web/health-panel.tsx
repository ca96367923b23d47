import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { FactsList } from '@gangway/web/kit/facts-list.tsx';
import { Go } from '@gangway/web/kit/go.tsx';
import { countText, plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { TurnedAway } from '@gangway/web/kit/turned-away.tsx';
import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { IngestionAnswer, VarietyAnswer } from '../contract.ts';
import { CappedWords } from './capped-words.tsx';
import { VarietyCapsDialog } from './variety-caps-dialog.tsx';

/** Whether what comes in is what it should be: who was turned away, ids with two contents, and how many different names there are. */
export function HealthPanel() {
  const ingestion = useAnswer<IngestionAnswer>('ingestion');
  const variety = useAnswer<VarietyAnswer>('variety');
  return (
    <Stack gap="xl">
      <ProblemNotice error={ingestion.error} onRetry={() => void ingestion.refetch()} />
      <ProblemNotice error={variety.error} onRetry={() => void variety.refetch()} />
      <Section title="Arrivals">{ingestion.data ? <Arrivals ingestion={ingestion.data} /> : <Skeleton height={60} />}</Section>
      {variety.data ? <Variety variety={variety.data} /> : <Skeleton height={120} />}
    </Stack>
  );
}

function Arrivals({ ingestion }: { ingestion: IngestionAnswer }) {
  const { key, person, address, busy } = ingestion.turnedAway;
  const quiet = key + person + address + busy === 0;
  return (
    <>
      {quiet && <p className="gw-people-none">No request was turned away since this server started.</p>}
      <TurnedAway counts={ingestion.turnedAway} />
      <p className="gw-people-none">
        {ingestion.conflicts === 0 ? (
          'No id was used for two different events.'
        ) : (
          <>
            {plural(ingestion.conflicts, 'event', 'events')} came under an id that another event had used before. The first one counts.{' '}
            <Go to="/live?tab=failed&reason=conflicting_duplicate" className="gw-inline-link">
              See the others
            </Go>
          </>
        )}
      </p>
    </>
  );
}

function Variety({ variety }: { variety: VarietyAnswer }) {
  const [open, dialog] = useDisclosure(false);
  const { caps, used } = variety;
  const share = (some: number, most: number) => `${countText(some)} of ${countText(most)}`;
  return (
    <Section
      title="Variety"
      end={
        <Button size="compact-sm" variant="default" onClick={dialog.open}>
          Change caps
        </Button>
      }
    >
      <p className="gw-people-none">
        An id in a name makes a new name every time. Above these caps events go on under one name, with their own as a property; people who
        are new are refused and kept.
      </p>
      <FactsList
        facts={[
          ['Event names', share(used.eventNames, caps.eventNames)],
          [
            'Keys of one event',
            used.properties ? `${share(used.properties.keys, caps.propertiesPerEvent)}, “${used.properties.event}”` : 'No event yet',
          ],
          ['People', share(used.people, caps.people)],
        ]}
      />
      <CappedWords words={variety.capped} />
      <VarietyCapsDialog opened={open} caps={caps} onClose={dialog.close} />
    </Section>
  );
}
