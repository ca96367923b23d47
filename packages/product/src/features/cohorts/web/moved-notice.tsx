import { csvLine, csvMark } from '@gangway/product/kernel/csv-line.ts';
import { saveFile } from '@gangway/web/kit/data-table/csv.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { Button, Stack, Text } from '@mantine/core';
import type { CohortPeopleAnswer } from '../contract.ts';

/** Ids that are named here; a file has the others. */
const named = 10;

/** What became of many: how many are on the list, and which user ids nobody has. */
export function MovedNotice({ added, unknown }: CohortPeopleAnswer) {
  const rest = unknown.length - named;
  return (
    <Stack gap="xs" role="status">
      <Text>{`${plural(added, 'person is', 'people are')} on the list.`}</Text>
      <Text>
        {`${plural(unknown.length, 'user id belongs', 'user ids belong')} to nobody here: ${unknown.slice(0, named).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}. Nothing was done for ${unknown.length === 1 ? 'it' : 'them'}; identify or import these people first.`}
      </Text>
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="download" />}
          onClick={() => saveFile('unknown-user-ids.csv', csvMark + ['user_id', ...unknown].map((id) => csvLine([id])).join(''))}
        >
          Save these user ids
        </Button>
      </div>
    </Stack>
  );
}
