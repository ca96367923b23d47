import type { Target } from '../../../kernel/target.ts';
import { behindModal } from '../../../page/modal.ts';
import { choose, type Evidence, fold } from './score.ts';

export type MissingReason = 'absent' | 'ambiguous' | 'hidden';

export type Found =
  | { readonly element: HTMLElement }
  | {
      readonly element?: undefined;
      readonly reason: MissingReason;
      readonly hidden?: Element;
      readonly score?: number;
      readonly second?: number;
    };

const testIdNames = ['data-testid', 'data-test', 'data-cy', 'data-qa'] as const;
const likely = 'button,a,input,select,textarea,summary,label,h1,h2,h3,h4,[role],[tabindex]';
/** The text of a whole panel identifies nothing and costs a lot to read. */
const longestText = 200;

/** Looks a target up in the document and all open shadow roots. Never throws, whatever the selector says. */
export function findTarget(target: Target, roots: readonly ParentNode[]): Found {
  const candidates = candidatesOf(target, roots);
  const visible = candidates.filter(isRendered);
  const found = pick(target, visible);
  if (found.element && behindModal(found.element)) return { reason: 'hidden', hidden: found.element };
  if (found.element || found.reason === 'ambiguous' || visible.length === candidates.length) return found;
  const hidden = pick(
    target,
    candidates.filter((candidate) => !visible.includes(candidate)),
  );
  return hidden.element ? { reason: 'hidden', hidden: hidden.element } : found;
}

/**
 * True for an element that is in the page and in reach. It asks for styles and never for layout, so that it may be
 * asked again and again while the page keeps changing; what loses its size is seen by a ResizeObserver.
 */
export function isInReach(element: Element): boolean {
  return element.isConnected && getComputedStyle(element).visibility === 'visible' && !behindModal(element);
}

/** True for an element that has a size. Makes the browser lay the page out when that is due. */
export function hasSize(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}

function isRendered(element: Element): boolean {
  return element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) !== false && hasSize(element);
}

/** The document and every open shadow root in it. */
export function openRoots(from: ParentNode = document): ParentNode[] {
  const roots: ParentNode[] = [from];
  for (const element of from.querySelectorAll('*')) {
    if (element.shadowRoot && !element.hasAttribute('data-gangway')) roots.push(...openRoots(element.shadowRoot));
  }
  return roots;
}

function pick(target: Target, candidates: readonly HTMLElement[]): Found {
  const { selector, ...evidence } = target;
  const only = candidates[0];
  if (selector !== undefined && candidates.length <= 1) return only ? { element: only } : { reason: 'absent' };
  const choice = choose(
    evidence,
    candidates.map((candidate) => evidenceOf(candidate, evidence)),
  );
  const element = choice.found === undefined ? undefined : candidates[choice.found];
  if (element) return { element };
  const wrappers = wrappersOf(candidates, evidence.text);
  if (choice.score > 0 && wrappers.size > 0)
    return pick(
      target,
      candidates.filter((candidate) => !wrappers.has(candidate)),
    );
  const { score, second } = choice;
  return { reason: selector !== undefined || choice.found !== undefined ? 'ambiguous' : choice.reason, score, second };
}

/** Elements that have the wanted text only because a candidate inside them has it: no rivals of that one. */
function wrappersOf(candidates: readonly HTMLElement[], text: string | undefined): ReadonlySet<HTMLElement> {
  if (text === undefined) return new Set();
  const same = candidates.filter((candidate) => fold(candidate.textContent ?? '') === fold(text));
  return new Set(same.filter((outer) => same.some((inner) => inner !== outer && outer.contains(inner))));
}

function candidatesOf(target: Target, roots: readonly ParentNode[]): HTMLElement[] {
  if (target.selector !== undefined) return bySelector(target.selector);
  const parts = [
    target.testId && testIdNames.map((name) => `[${name}="${CSS.escape(target.testId ?? '')}"]`).join(),
    target.id && `#${CSS.escape(target.id)}`,
    target.name && `[name="${CSS.escape(target.name)}"]`,
    target.label && '[aria-label]',
    target.role && `[role="${CSS.escape(target.role)}"]`,
    (target.text || target.role || target.label) && likely,
    target.tag && CSS.escape(target.tag),
  ].filter(Boolean);
  const query = parts.join();
  return query === '' ? [] : roots.flatMap((root) => htmlOf(root, query));
}

function bySelector(selector: string): HTMLElement[] {
  const parts = selector.split('>>>').map((part) => part.trim());
  const last = parts.pop() ?? '';
  let roots: ParentNode[] = [document];
  try {
    for (const part of parts) roots = roots.flatMap((root) => [...root.querySelectorAll(part)]).flatMap((host) => host.shadowRoot ?? []);
    return roots.flatMap((root) => htmlOf(root, last));
  } catch {
    return [];
  }
}

function htmlOf(root: ParentNode, query: string): HTMLElement[] {
  return [...root.querySelectorAll(query)].filter(
    (each) => each instanceof HTMLElement && !each.hasAttribute('data-gangway'),
  ) as HTMLElement[];
}

/** Reads only the evidence that is asked for. */
function evidenceOf(element: HTMLElement, asked: Evidence): Evidence {
  const testId = asked.testId && testIdNames.map((name) => element.getAttribute(name)).find((value) => value !== null);
  const text = asked.text && (element.textContent ?? '').slice(0, longestText + 1);
  const name = element.getAttribute('name');
  const label = element.getAttribute('aria-label');
  const role = asked.role && (element.getAttribute('role') ?? impliedRole(element));
  return {
    tag: element.localName,
    ...(element.id ? { id: element.id } : {}),
    ...(testId ? { testId } : {}),
    ...(text && text.length <= longestText ? { text } : {}),
    ...(name ? { name } : {}),
    ...(label ? { label } : {}),
    ...(role ? { role } : {}),
  };
}

function impliedRole(element: HTMLElement): string | undefined {
  if (element instanceof HTMLAnchorElement) return element.href ? 'link' : undefined;
  if (element instanceof HTMLInputElement) return impliedInputRoles[element.type] ?? 'textbox';
  return impliedRoles[element.localName];
}

const impliedInputRoles: Readonly<Record<string, string>> = {
  checkbox: 'checkbox',
  radio: 'radio',
  button: 'button',
  submit: 'button',
  range: 'slider',
  search: 'searchbox',
};
const impliedRoles: Readonly<Record<string, string>> = {
  button: 'button',
  select: 'combobox',
  textarea: 'textbox',
  summary: 'button',
  nav: 'navigation',
  main: 'main',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  dialog: 'dialog',
  table: 'table',
};
