import type { AccountRow } from '@gangway/web/kit/api/answers.ts';
import { useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { useDefinitionNames } from '@gangway/web/kit/definitions/use-definitions.ts';
import { Go, useGo } from '@gangway/web/kit/go.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanAnswer } from '../contract.ts';
import { dayAt } from './day-text.ts';

interface StartPlanProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The account that is chosen already; empty = none. */
  readonly account: string;
}

/** Starts a plan: for whom, from which playbook, from which day. */
export function StartPlanDialog(props: StartPlanProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Start a plan" closeButtonProps={{ 'aria-label': 'Close' }}>
      {props.opened && <StartPlanForm {...props} />}
    </Modal>
  );
}

function StartPlanForm({ onClose, account: given }: StartPlanProps) {
  const [account, setAccount] = useState(given);
  const [playbook, setPlaybook] = useState('');
  const [typedName, setName] = useState<string | undefined>(undefined);
  const [start, setStart] = useState(dayAt(Date.now(), useTimeZone()));
  const playbooks = useDefinitionNames('playbooks');
  const published = (playbooks.data?.definitions ?? []).filter((row) => row.live);
  const name = typedName ?? published.find((row) => row.id === playbook)?.name ?? '';
  const begin = useStartPlan(onClose);
  const ready = account !== '' && playbook !== '' && name.trim() !== '' && start !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) begin.mutate({ account, playbook, name: name.trim(), start });
      }}
    >
      <Stack gap="md">
        <AccountPicker value={account} onChange={setAccount} />
        <Select
          label="Playbook"
          description={playbooks.data && published.length === 0 ? <NoPlaybook /> : 'Published ones only; the plan keeps this version.'}
          placeholder="Choose a playbook"
          searchable
          data={published.map((row) => ({ value: row.id, label: row.name }))}
          value={playbook === '' ? null : playbook}
          onChange={(value) => setPlaybook(value ?? '')}
          nothingFoundMessage="No playbook of that name"
        />
        <TextInput
          label="Name of the plan"
          description="The customer reads it in the portal."
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="First day"
          description="Due days count working days from here."
          type="date"
          w={200}
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <ProblemNotice error={begin.error ?? playbooks.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!ready} loading={begin.isPending}>
            Start plan
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Starts the plan and opens it. */
function useStartPlan(onClose: () => void) {
  const api = useApi();
  const go = useGo();
  const toast = useToast();
  return useMutation({
    mutationFn: (plan: { account: string; playbook: string; name: string; start: string }) => api.post<PlanAnswer>('plans', plan),
    onSuccess: (plan) => {
      api.keep(`plans/${plan.id}`, plan);
      void api.refresh('plans');
      toast({ message: `Started “${plan.name}” for ${plan.account.name ?? plan.account.id}` });
      onClose();
      go(`/plans/${plan.id}`);
    },
  });
}

function NoPlaybook() {
  return (
    <>
      No playbook is published yet.{' '}
      <Go to="/playbooks" className="gw-inline-link">
        Publish one first
      </Go>
      .
    </>
  );
}

/** Finds an account by name or id. */
function AccountPicker({ value, onChange }: { value: string; onChange: (account: string) => void }) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 200);
  const found = useAnswer<{ accounts: AccountRow[] }>('accounts', { search, limit: 20 });
  const data = (found.data?.accounts ?? []).map((row) => ({ value: row.id, label: row.name ?? row.id }));
  return (
    <Select
      label="Account"
      placeholder="Name or id"
      searchable
      data-autofocus
      openOnFocus={false}
      data={value !== '' && !data.some((option) => option.value === value) ? [...data, { value, label: value }] : data}
      value={value === '' ? null : value}
      onChange={(account) => onChange(account ?? '')}
      onSearchChange={setText}
      // The server has searched already, also in ids that the label does not show.
      filter={({ options }) => options}
      nothingFoundMessage={found.isPending ? 'Looking…' : 'No account has this name or id'}
    />
  );
}
