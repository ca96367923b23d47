import { DefinitionLoader } from '@gangway/web/kit/definitions/definition-loader.tsx';
import { EditorFrame } from '@gangway/web/kit/definitions/editor-frame.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { useParam } from '@gangway/web/kit/go.tsx';
import { useState } from 'react';
import type { Tour } from '../guide.ts';
import { GuideForm } from './guide-form.tsx';
import { guideWords } from './guide-words.ts';
import { tourComplaints } from './tour-complaints.ts';
import { TourPreview } from './tour-preview.tsx';

/** One tour: the form on the left, the step as the page draws it on the right. */
export function GuidePage() {
  const id = useParam('id');
  return (
    <DefinitionLoader<Tour> key={id} id={id} words={guideWords} complaints={tourComplaints}>
      {(editing) => <GuideEditor editing={editing} />}
    </DefinitionLoader>
  );
}

function GuideEditor({ editing }: { editing: Editing<Tour> }) {
  const { steps, audience } = editing.draft.body;
  const [open, setOpen] = useState<string | undefined>(steps[0]?.id);
  // A closed form keeps its step in the preview; only opening another one turns the page.
  const [shown, setShown] = useState(open);
  const select = (id: string | undefined) => {
    setOpen(id);
    if (id !== undefined) setShown(id);
  };
  const at = Math.max(
    0,
    steps.findIndex((step) => step.id === shown),
  );
  return (
    <EditorFrame
      editing={editing}
      words={guideWords}
      reaching={{ rule: audience }}
      why
      aside={<TourPreview steps={steps} at={at} onStep={(index) => select(steps[index]?.id)} />}
    >
      <GuideForm editing={editing} open={open} onOpen={select} />
    </EditorFrame>
  );
}
