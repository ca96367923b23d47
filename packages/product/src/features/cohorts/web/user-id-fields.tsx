import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { request } from '@gangway/web/kit/api/request.ts';
import { plural } from '@gangway/web/kit/number-text.ts';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { FileInput, SegmentedControl, Select, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { longestId } from '../../../kernel/event.ts';
import type { UserIdsAnswer } from '../contract.ts';
import { splitUserIds } from './split-user-ids.ts';

/** User ids that were chosen; `undefined` while they cannot be used yet. */
export type ChosenIds = readonly string[] | undefined;

/** Chooses people by their user ids: pasted, or a column of a CSV file. */
export function UserIdFields({ onChange }: { onChange: (ids: ChosenIds) => void }) {
  const [way, setWay] = useState('paste');
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Where the user ids come from"
        value={way}
        onChange={(next) => {
          setWay(next);
          onChange([]);
        }}
        data={[
          { value: 'paste', label: 'Paste user ids' },
          { value: 'file', label: 'CSV file' },
        ]}
      />
      {way === 'paste' ? <PastedIds onChange={onChange} /> : <IdsOfFile onChange={onChange} />}
    </Stack>
  );
}

function PastedIds({ onChange }: { onChange: (ids: ChosenIds) => void }) {
  const [text, setText] = useState('');
  const ids = splitUserIds(text);
  const long = ids.find((id) => id.length > longestId);
  return (
    <Textarea
      label="User ids"
      description={ids.length === 0 ? 'One a line, or with commas between.' : `${plural(ids.length, 'user id', 'user ids')}.`}
      placeholder={'user-17\nuser-42'}
      autosize
      minRows={5}
      maxRows={10}
      value={text}
      error={long && `“${long.slice(0, 24)}…” is longer than a user id may be.`}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const chosen = splitUserIds(next);
        onChange(chosen.some((id) => id.length > longestId) ? undefined : chosen);
      }}
    />
  );
}

function IdsOfFile({ onChange }: { onChange: (ids: ChosenIds) => void }) {
  const environment = useEnvironment().id;
  const [file, setFile] = useState<File | null>(null);
  const read = useMutation({
    mutationFn: ({ chosen, column }: { chosen: File; column: string | undefined }) =>
      request<UserIdsAnswer>(`/api/e/${environment}/cohorts/read-file`, { method: 'POST', query: { column }, body: chosen }),
    onMutate: () => onChange(undefined),
  });
  // At the call and not above: of a file that was put away meanwhile, nobody hears any more.
  const readFile = (chosen: File, column?: string) =>
    read.mutate({ chosen, column }, { onSuccess: (answer) => onChange(answer.column === null ? undefined : answer.ids) });
  const found = read.data;
  return (
    <>
      <FileInput
        label="File"
        description="A table with a heading (commas, semicolons or tabs), at most 8 MB. One column has the user ids."
        placeholder="Choose a file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        clearable
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          read.reset();
          onChange([]);
          if (chosen) readFile(chosen);
        }}
      />
      <ProblemNotice error={read.error} />
      {file && found && (
        <Select
          label="Column with the user ids"
          description={found.column === null ? 'Choose one.' : `${plural(found.ids.length, 'user id', 'user ids')} in it.`}
          allowDeselect={false}
          data={[...new Set(found.columns)].filter((column) => column !== '')}
          value={found.column}
          onChange={(column) => column && readFile(file, column)}
        />
      )}
    </>
  );
}
