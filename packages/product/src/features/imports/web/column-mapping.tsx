import { Select, Table } from '@mantine/core';
import type { ImportAnswer } from '../contract.ts';
import { type Mapping, targets } from '../mapping.ts';
import { targetWords } from './import-words.ts';

interface ColumnMappingProps {
  readonly file: ImportAnswer;
  readonly value: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** What each column of the table becomes. */
export function ColumnMapping({ file, value, onChange }: ColumnMappingProps) {
  const choices = targets[file.kind].map((target) => ({ value: target, label: targetWords[target] ?? target }));
  return (
    <Table aria-label="Columns" maw={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Column</Table.Th>
          <Table.Th>Becomes</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {file.columns.map((column) => (
          <Table.Tr key={column}>
            <Table.Td>{column}</Table.Td>
            <Table.Td>
              <Select
                aria-label={`${column} becomes`}
                placeholder="Left out"
                clearable
                data={choices}
                value={value[column] || null}
                onChange={(target) => onChange({ ...value, [column]: target ?? '' })}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
