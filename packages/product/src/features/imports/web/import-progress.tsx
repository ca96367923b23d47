import { countText, plural } from '@gangway/web/kit/number-text.ts';
import { StatusBadge } from '@gangway/web/kit/status-badge.tsx';
import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ImportAnswer } from '../contract.ts';
import { separatorWords, stateWords } from './import-words.ts';

/** How far it is, and how many rows passed. */
export function ImportProgress({ file }: { file: ImportAnswer }) {
  const { word, tone } = stateWords[file.state];
  const busy = file.state === 'checking' || file.state === 'running';
  return (
    <Stack gap="xs" maw={640} role="status">
      <Group gap="md">
        <StatusBadge tone={tone}>{word}</StatusBadge>
        {file.rows > 0 && (
          <span className="gw-number">
            {plural(file.rows, 'row', 'rows')} read, {countText(file.passed)} passed, {countText(file.rejected)} rejected
          </span>
        )}
      </Group>
      {busy && <Progress value={file.bytes === 0 ? 0 : (file.bytesRead / file.bytes) * 100} aria-label={word} animated />}
      {file.state === 'checked' && (
        <Text className="gw-quiet">
          {file.separator !== null && `Read as a table with ${separatorWords[file.separator]} between its columns. `}
          Nothing is imported yet. {file.rejected > 0 && 'Rejected rows are left out; the others go in.'}
        </Text>
      )}
      {file.error !== null && <Text>{file.error} What went in before is kept; the same file can be imported again, and counts once.</Text>}
    </Stack>
  );
}
