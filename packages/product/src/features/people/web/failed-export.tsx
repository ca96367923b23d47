import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { Button, Group } from '@mantine/core';
import type { FailedFilter } from '../contract.ts';

/** Everything that matches the filter as a file, written by the server as it is read. */
export function FailedExport({ filter }: { filter: FailedFilter }) {
  const { id } = useEnvironment();
  const address = (format: string) => {
    const pairs = Object.entries({ ...filter, format }).map(([key, value]) => [key, String(value)]);
    return `/api/e/${id}/failed/export?${new URLSearchParams(pairs)}`;
  };
  return (
    <Group gap="xs">
      <Button component="a" variant="default" href={address('csv')} download>
        Export CSV
      </Button>
      <Button component="a" variant="default" href={address('jsonl')} download>
        Export JSONL
      </Button>
    </Group>
  );
}
