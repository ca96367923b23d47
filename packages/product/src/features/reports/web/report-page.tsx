import { DefinitionLoader } from '@gangway/web/kit/definitions/definition-loader.tsx';
import { EditorFrame } from '@gangway/web/kit/definitions/editor-frame.tsx';
import { useParam } from '@gangway/web/kit/go.tsx';
import type { ReportBody } from '../contract.ts';
import { withKind } from '../report-kind.ts';
import { DrawnReport } from './drawn-report.tsx';
import { ReportForm } from './forms/report-form.tsx';
import { reportComplaints } from './report-complaints.ts';
import { reportWords, wordsOf } from './report-words.ts';
import './reports.css';

/** One report: drawn on the left as it is edited, its form on the right. */
export function ReportPage() {
  const id = useParam('id');
  return (
    <DefinitionLoader<ReportBody> key={id} id={id} words={reportWords} complaints={reportComplaints}>
      {(editing) => (
        <EditorFrame editing={editing} words={wordsOf(withKind(editing.draft.body).kind)} aside={<ReportForm editing={editing} />}>
          <DrawnReport editing={editing} />
        </EditorFrame>
      )}
    </DefinitionLoader>
  );
}
