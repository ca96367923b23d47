import { DefinitionLoader } from '@gangway/web/kit/definitions/definition-loader.tsx';
import { EditorFrame } from '@gangway/web/kit/definitions/editor-frame.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { useParam } from '@gangway/web/kit/go.tsx';
import { useState } from 'react';
import type { Checklist } from '../checklist.ts';
import { checklistComplaints } from './checklist-complaints.ts';
import { ChecklistForm } from './checklist-form.tsx';
import { ChecklistPreview } from './checklist-preview.tsx';
import { checklistWords } from './checklist-words.ts';

/** One checklist: the form on the left, the list as the page draws it on the right. */
export function ChecklistPage() {
  const id = useParam('id');
  return (
    <DefinitionLoader<Checklist> key={id} id={id} words={checklistWords} complaints={checklistComplaints}>
      {(editing) => <ChecklistEditor editing={editing} />}
    </DefinitionLoader>
  );
}

function ChecklistEditor({ editing }: { editing: Editing<Checklist> }) {
  const { body } = editing.draft;
  const [open, setOpen] = useState<string | undefined>(body.items[0]?.id);
  return (
    <EditorFrame
      editing={editing}
      words={checklistWords}
      reaching={{ rule: body.audience }}
      why
      aside={<ChecklistPreview list={body} open={open} onOpen={setOpen} />}
    >
      <ChecklistForm editing={editing} open={open} onOpen={setOpen} />
    </EditorFrame>
  );
}
