import { useEnvironment } from '@gangway/web/kit/api/environment.tsx';
import { countText } from '@gangway/web/kit/number-text.ts';
import { Section } from '@gangway/web/kit/section.tsx';
import { Button, Table } from '@mantine/core';
import type { ImportAnswer } from '../contract.ts';

/** The first rows that did not pass, and all of them as a file. */
export function ImportRejects({ file }: { file: ImportAnswer }) {
  const { id } = useEnvironment();
  const title = file.rejected > file.rejects.length ? `The first ${file.rejects.length} of ${countText(file.rejected)} rejects` : 'Rejects';
  return (
    <Section
      title={title}
      end={
        <Button component="a" variant="default" size="compact-sm" href={`/api/e/${id}/imports/${file.id}/rejects`} download>
          Export rejects
        </Button>
      }
    >
      <Table aria-label="Rejects">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={64}>Line</Table.Th>
            <Table.Th>Reason</Table.Th>
            <Table.Th visibleFrom="sm">Member</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {file.rejects.map((reject) => (
            <Table.Tr key={reject.line}>
              <Table.Td className="gw-number">{reject.line}</Table.Td>
              <Table.Td>{reject.message}</Table.Td>
              <Table.Td className="gw-mono" visibleFrom="sm">
                {reject.path || reject.reason}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
