import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Go } from '@gangway/web/kit/go.tsx';
import { Page } from '@gangway/web/kit/page.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Skeleton, Stack } from '@mantine/core';
import type { IdentityAnswer } from '../contract.ts';
import { CoverageSection } from './coverage-section.tsx';
import { DeletionsSection } from './deletions-section.tsx';
import { IdentityKeys } from './identity-keys.tsx';
import { ModeSection } from './mode-section.tsx';
import { SampleCode } from './sample-code.tsx';
import './identity.css';

/** What this environment asks of those who say who they are: mode, coverage, keys, and how a back end signs. */
export function IdentityPage() {
  const identity = useAnswer<IdentityAnswer>('identity');
  return (
    <Page
      title="Identity"
      back={<Go to="/settings">Settings</Go>}
      purpose="In a page anybody can say that they are anybody. A token that your back end signs proves who it is."
    >
      <ProblemNotice error={identity.error} onRetry={() => void identity.refetch()} />
      {identity.data ? <Parts identity={identity.data} /> : !identity.error && <PartsSkeleton />}
    </Page>
  );
}

function Parts({ identity }: { identity: IdentityAnswer }) {
  return (
    <div className="gw-identity">
      <ModeSection identity={identity} />
      <CoverageSection coverage={identity.coverage} />
      <IdentityKeys keys={identity.keys} />
      <SampleCode keys={identity.keys} />
      <DeletionsSection />
    </div>
  );
}

function PartsSkeleton() {
  return (
    <Stack gap="lg" aria-busy>
      <Skeleton height={90} />
      <Skeleton height={120} />
      <Skeleton height={160} />
    </Stack>
  );
}
