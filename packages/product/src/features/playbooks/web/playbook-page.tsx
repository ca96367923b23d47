import { DefinitionLoader } from '@gangway/web/kit/definitions/definition-loader.tsx';
import { EditorFrame } from '@gangway/web/kit/definitions/editor-frame.tsx';
import { useParam } from '@gangway/web/kit/go.tsx';
import type { Playbook } from '../playbook.ts';
import { playbookComplaints } from './playbook-complaints.ts';
import { PlaybookForm } from './playbook-form.tsx';
import { playbookWords } from './playbook-words.ts';

/** One playbook: phases and tasks that every plan started from it will have. */
export function PlaybookPage() {
  const id = useParam('id');
  return (
    <DefinitionLoader<Playbook> key={id} id={id} words={playbookWords} complaints={playbookComplaints}>
      {(editing) => (
        <EditorFrame editing={editing} words={playbookWords}>
          <PlaybookForm editing={editing} />
        </EditorFrame>
      )}
    </DefinitionLoader>
  );
}
