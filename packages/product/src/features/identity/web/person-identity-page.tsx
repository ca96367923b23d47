import type { PersonAnswer } from '@gangway/web/kit/api/answers.ts';
import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { CopyId } from '@gangway/web/kit/copy-id.tsx';
import { FactsList } from '@gangway/web/kit/facts-list.tsx';
import { Go, useParam } from '@gangway/web/kit/go.tsx';
import { Page } from '@gangway/web/kit/page.tsx';
import { personLabel } from '@gangway/web/kit/person-label.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { DeletionsSection } from './deletions-section.tsx';
import { ErasePerson } from './erase-person.tsx';
import { MergeHistory } from './merge-history.tsx';
import { MergeInto } from './merge-into.tsx';
import './identity.css';

const kinds: Record<PersonAnswer['identities'][number]['kind'], string> = {
  user: 'User id',
  anonymous: 'Anonymous id',
  claimed: 'Claimed id, not proved',
};

/** Who is behind a person, how they came to be one, and what they may ask of us: their data, and to be deleted. */
export function PersonIdentityPage() {
  const id = useParam('id');
  const [erasure, setErasure] = useState<string>();
  const person = useAnswer<PersonAnswer>(`people/${encodeURIComponent(id)}`, {}, { keep: false });
  const label = person.data ? personLabel(person.data) : 'Person';
  return (
    <Page
      title={`${label}: identity and data`}
      back={erasure === undefined ? <Go to={`/people/${encodeURIComponent(id)}`}>{label}</Go> : <Go to="/people">People</Go>}
      purpose="Which ids lead here, how they came together, and what is held."
    >
      {erasure !== undefined && <DeletionsSection only={erasure} />}
      {erasure === undefined && <ProblemNotice error={person.error} onRetry={() => void person.refetch()} />}
      {erasure === undefined && person.data && <Parts person={person.data} label={label} onErased={setErasure} />}
      {person.isPending && (
        <Stack gap="sm" aria-busy>
          <Skeleton height={80} />
          <Skeleton height={160} />
        </Stack>
      )}
    </Page>
  );
}

function Parts({ person, label, onErased }: { person: PersonAnswer; label: string; onErased: (id: string) => void }) {
  const { id: environment } = useEnvironment();
  const shadow = person.level === 'claimed' && person.userId === null;
  return (
    <div className="gw-identity">
      <Section title="Ids">
        {shadow && (
          <Text className="gw-identity-words">
            This is a shadow: somebody named the id without a token while proof was required. It is joined with nobody.
          </Text>
        )}
        <FactsList
          facts={person.identities.map(
            ({ kind, value }) => [kinds[kind], <CopyId key={`${kind}:${value}`} id={value} label={`${kind} id`} />] as const,
          )}
        />
      </Section>
      <MergeHistory id={person.id} end={shadow ? undefined : <MergeInto id={person.id} label={label} />} />
      <Section title="Their data">
        <Text className="gw-identity-words">
          The export is one JSON file of everything that is held: profile, ids, what they did as it was recorded, milestones, states,
          accounts, merges, messages, refused events, and the plans that name them.
        </Text>
        <div className="gw-identity-row">
          <Button component="a" variant="default" href={`/api/e/${environment}/people/${encodeURIComponent(person.id)}/export`} download>
            Export everything
          </Button>
          <ErasePerson id={person.id} label={label} onErased={onErased} />
        </div>
      </Section>
    </div>
  );
}
