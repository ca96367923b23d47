import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { useGo } from '@gangway/web/kit/go.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { Section } from '@gangway/web/kit/section.tsx';
import { Button, FileInput, Group, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportAnswer, ImportKind } from '../contract.ts';
import { kindWords } from './import-words.ts';
import { uploadFile } from './upload-file.ts';

const needs: Readonly<Record<ImportKind, string>> = {
  people: 'One row a person, with a user id. Other columns become traits.',
  accounts: 'One row an account, with its id and the user id of one of its people. Other columns become traits of the account.',
  events: 'One row an event, with its name, a user id and the time. Events of the past keep their time.',
};

/** Choose a kind and a file; it is sent in parts, and nothing is imported before you have seen the columns. */
export function NewImport() {
  const api = useApi();
  const go = useGo();
  const { id: environment } = useEnvironment();
  const [kind, setKind] = useState<ImportKind>('people');
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const send = useMutation({
    mutationFn: async (chosen: File) => {
      setShare(0);
      const format = /\.(jsonl|ndjson)$/i.test(chosen.name) ? 'jsonl' : 'csv';
      const { id } = await api.post<ImportAnswer>('imports', { name: chosen.name.slice(0, 200), kind, format });
      await uploadFile({ address: `/api/e/${environment}/imports/${id}`, file: chosen, onProgress: setShare });
      return id;
    },
    onSuccess: (id) => {
      void api.refresh('imports');
      go(`/settings/import/${id}`);
    },
  });
  return (
    <Section title="New import">
      <Stack gap="sm" maw={640}>
        <SegmentedControl
          aria-label="What the file holds"
          value={kind}
          onChange={(value) => setKind(value as ImportKind)}
          data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
        />
        <Text className="gw-quiet">{needs[kind]}</Text>
        <FileInput
          label="File"
          description="A table with a heading (commas, semicolons or tabs), or JSON lines (.jsonl). At most 200 MB."
          placeholder="Choose a file"
          accept=".csv,.tsv,.txt,.jsonl,.ndjson,text/csv,text/tab-separated-values"
          value={file}
          onChange={setFile}
        />
        {send.isPending && <Progress value={share * 100} aria-label="Upload" />}
        <ProblemNotice error={send.error ? asProblem(send.error) : null} />
        <Group>
          <Button disabled={file === null || file.size === 0} loading={send.isPending} onClick={() => file && send.mutate(file)}>
            Upload file
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
