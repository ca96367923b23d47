import { parentAcross } from './scheme.ts';

const modals = 'dialog:modal, [role=dialog][aria-modal=true], [role=alertdialog][aria-modal=true]';

/**
 * Where something that belongs to `target` must live to be usable: inside the open modal around it (all else is
 * inert then), otherwise in the body.
 */
export function homeFor(target: Element | undefined): HTMLElement {
  for (let at = target; at; at = parentAcross(at) ?? undefined) {
    if (at instanceof HTMLElement && at.matches(modals)) return at;
  }
  return document.body;
}

/** True when a native modal dialog is open that does not hold the target: the target cannot be reached. */
export function behindModal(target: Element): boolean {
  // A live collection: on a page without dialogs this costs next to nothing, however large the page is.
  const dialogs = document.getElementsByTagName('dialog');
  const top = dialogs.length === 0 ? undefined : [...dialogs].findLast((dialog) => dialog.matches(':modal'));
  if (!top) return false;
  for (let at: Element | null = target; at; at = parentAcross(at)) if (at === top) return false;
  return true;
}
