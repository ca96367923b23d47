import type { DefinitionAnswer } from '@gangway/web/kit/api/answers.ts';
import { asProblem } from '@gangway/web/kit/api/api-problem.ts';
import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { EmptyState } from '@gangway/web/kit/empty-state.tsx';
import { Go, useGo, useParam } from '@gangway/web/kit/go.tsx';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { Page } from '@gangway/web/kit/page.tsx';
import { ProblemNotice } from '@gangway/web/kit/problem-notice.tsx';
import { useToast } from '@gangway/web/kit/toasts.tsx';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { Cohort } from '../cohort.ts';
import { AddPeopleDialog } from './add-people-dialog.tsx';
import { EditListDialog } from './edit-list-dialog.tsx';
import { ListPeople } from './list-people.tsx';
import { useListChanges } from './use-list-changes.ts';

const back = <Go to="/lists">Lists</Go>;

/** One list: who is on it, and everything that can be done with it. */
export function ListPage() {
  const id = useParam('id');
  const list = useAnswer<DefinitionAnswer>(`definitions/cohorts/${encodeURIComponent(id)}`, undefined, { keep: false });
  if (list.data) return <LoadedList key={id} list={list.data} />;
  if (list.error?.status === 404) {
    return (
      <Page title="Not found" back={back}>
        <EmptyState picture="search" title="There is no list here">
          It may belong to another environment, or the address was cut.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title="List" back={back}>
      <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && (
        <Stack gap="md" aria-busy="true">
          <Skeleton h={36} />
          <Skeleton h={220} />
        </Stack>
      )}
    </Page>
  );
}

function LoadedList({ list }: { list: DefinitionAnswer }) {
  const [adding, setAdding] = useUrlState('add');
  const [editing, dialog] = useDisclosure(false);
  const { name, description } = list.draft as Cohort;
  if (!list.live) return <ListOutOfUse list={list} />;
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setAdding('1')}>
      Add people
    </Button>
  );
  return (
    <Page
      title={name}
      back={back}
      purpose={description === '' ? undefined : description}
      actions={
        <>
          <DeleteButton id={list.id} name={name} />
          <Button variant="default" leftSection={<Icon name="edit" />} onClick={dialog.open}>
            Rename
          </Button>
          {add}
        </>
      }
      fill
    >
      <ListPeople list={list.id} name={name} add={add} />
      <AddPeopleDialog list={list.id} opened={adding !== ''} onClose={() => setAdding('')} />
      <EditListDialog list={list} opened={editing} onClose={dialog.close} />
    </Page>
  );
}

function DeleteButton({ id, name }: { id: string; name: string }) {
  const changes = useListChanges();
  const toast = useToast();
  const go = useGo();
  const fail = (error: unknown) => toast({ message: asProblem(error).message, tone: 'bad' });
  const remove = useMutation({
    mutationFn: () => changes.remove(id),
    onSuccess: () => {
      go('/lists');
      toast({ message: `Deleted “${name}”.`, undo: () => void changes.restore(id).catch(fail) });
    },
    onError: fail,
  });
  return (
    <Button variant="default" leftSection={<Icon name="trash" />} loading={remove.isPending} onClick={() => remove.mutate()}>
      Delete list
    </Button>
  );
}

/** A list that was deleted, or one that was saved and never put into use. */
function ListOutOfUse({ list }: { list: DefinitionAnswer }) {
  const changes = useListChanges();
  const body = list.draft as Cohort;
  const bring = useMutation({
    mutationFn: () => (list.version === null ? changes.save(list.id, body, list.revision) : changes.restore(list.id)),
  });
  const deleted = list.version !== null;
  return (
    <Page title={body.name} back={back}>
      <ProblemNotice error={bring.error} />
      <EmptyState
        picture="list"
        title={deleted ? 'This list was deleted' : 'This list is not in use yet'}
        action={
          <Button loading={bring.isPending} onClick={() => bring.mutate()}>
            {deleted ? 'Bring the list back' : 'Put the list into use'}
          </Button>
        }
      >
        {deleted ? 'Everybody who was on it will be on it again.' : 'People can be put on it, and rules can ask for it, as soon as it is.'}
      </EmptyState>
    </Page>
  );
}
