import { Figure } from '@gangway/web/kit/figure.tsx';
import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { Section } from '@gangway/web/kit/section.tsx';
import { Table } from '@mantine/core';
import type { IdentityCoverage } from '../contract.ts';

/** How much of the last seven days is proved: what requiring proof would leave outside. */
export function CoverageSection({ coverage }: { coverage: IdentityCoverage }) {
  const { events, people, serverEvents, faults, to } = coverage;
  const share = (part: { proved: number; all: number }) => shareText(part.all === 0 ? null : part.proved / part.all);
  return (
    <Section title="Coverage of the last 7 days">
      <div className="gw-identity-figures">
        <Figure
          label="Events with a valid token"
          value={share(events)}
          formula="Events from pages that name a user and bring a valid token for that user, over all events from pages that name a user. Today and the six days before, UTC, as applied."
          n={events.all}
          asOf={to}
          note={`${countText(events.proved)} of ${countText(events.all)}`}
        />
        <Figure
          label="People fully proved"
          value={share(people)}
          formula="People named by such events, every one of which was proved, over all people named by such events."
          n={people.all}
          asOf={to}
          rows="/people"
          note={`${countText(people.proved)} of ${countText(people.all)}`}
        />
        <Figure
          label="Events of your servers"
          value={countText(serverEvents)}
          formula="Events with a secret key that name a user. The key proves them; they need no token."
          n={serverEvents}
          asOf={to}
        />
      </div>
      {faults.length > 0 && <Faults faults={faults} />}
    </Section>
  );
}

function Faults({ faults }: { faults: IdentityCoverage['faults'] }) {
  return (
    <div className="gw-identity-scroll">
      <Table aria-label="Tokens that proved nothing">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Tokens that proved nothing</Table.Th>
            <Table.Th scope="col" className="gw-identity-number">
              Taken as a claim
            </Table.Th>
            <Table.Th scope="col" className="gw-identity-number">
              Refused
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {faults.map(({ fault, message, taken, refused }) => (
            <Table.Tr key={fault}>
              <Table.Td>{message}</Table.Td>
              <Table.Td className="gw-identity-number gw-number">{countText(taken)}</Table.Td>
              <Table.Td className="gw-identity-number gw-number">{countText(refused)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
