import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { Go, useParam } from '@gangway/web/kit/go.tsx';
import { Page } from '@gangway/web/kit/page.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportAnswer } from '../contract.ts';
import type { Mapping } from '../mapping.ts';
import { ColumnMapping } from './column-mapping.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportRejects } from './import-rejects.tsx';
import { kindWords } from './import-words.ts';

const busyStates: readonly string[] = ['checking', 'running'];

/** One file: its columns, a check, the import with its progress, and what did not pass. */
export function ImportPage() {
  const path = `imports/${encodeURIComponent(useParam('id'))}`;
  const [busy, setBusy] = useState(true);
  const found = useAnswer<ImportAnswer>(path, undefined, busy ? { every: 1_000 } : {});
  const file = found.data;
  const working = file === undefined || busyStates.includes(file.state);
  if (working !== busy) setBusy(working);
  return (
    <Page
      title={file?.name ?? 'Import'}
      purpose={file ? kindWords[file.kind] : 'People, accounts or events from a file.'}
      back={<Go to="/settings/import">Import</Go>}
    >
      {!file && found.error && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {!file && !found.error && <Skeleton height={120} aria-busy />}
      {file && <ImportFile key={file.id} file={file} path={path} />}
    </Page>
  );
}

function ImportFile({ file, path }: { file: ImportAnswer; path: string }) {
  const api = useApi();
  const [mapping, setMapping] = useState<Mapping>(file.mapping);
  const act = useMutation({
    mutationFn: (what: 'check' | 'start' | 'cancel') => api.post<ImportAnswer>(`${path}/${what}`, what === 'cancel' ? {} : { mapping }),
    onSuccess: (answer) => {
      api.keep(path, answer);
      void api.refresh('imports');
    },
  });
  const open = file.state === 'uploading' || file.state === 'checked';
  const doing = (what: string) => act.isPending && act.variables === what;
  return (
    <Stack gap="lg">
      <ImportProgress file={file} />
      {open && file.columns.length > 0 && (
        <Section title="Columns">
          <ColumnMapping file={file} value={mapping} onChange={setMapping} />
        </Section>
      )}
      <ProblemNotice error={act.error ? asProblem(act.error) : null} />
      <Group>
        {open && (
          <Button variant="default" loading={doing('check')} disabled={act.isPending} onClick={() => act.mutate('check')}>
            Check file
          </Button>
        )}
        {open && (
          <Button loading={doing('start')} disabled={act.isPending} onClick={() => act.mutate('start')}>
            Import file
          </Button>
        )}
        {(open || busyStates.includes(file.state)) && (
          <Button variant="subtle" color="red" loading={doing('cancel')} disabled={act.isPending} onClick={() => act.mutate('cancel')}>
            Cancel import
          </Button>
        )}
      </Group>
      {file.rejects.length > 0 && <ImportRejects file={file} />}
    </Stack>
  );
}
