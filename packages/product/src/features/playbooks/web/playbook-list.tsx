import { DefinitionList } from '@gangway/web/kit/definitions/definition-list.tsx';
import { newPlaybook } from './new-task.ts';
import { playbookWords } from './playbook-words.ts';

/** Every playbook. */
export function PlaybookList() {
  return (
    <DefinitionList
      words={playbookWords}
      purpose="Templates of customer onboarding. A plan is a running copy of one version."
      whatFor="A playbook holds the phases and tasks that a customer goes through, who does them, and which facts close them."
      starter={newPlaybook}
    />
  );
}
