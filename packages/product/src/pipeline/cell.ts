import type { Scope } from '../kernel/scope.ts';
import type { Subject } from '../kernel/subject.ts';
import type { Facts } from '../rules/facts.ts';
import { isCounted, type KeyedFeature } from './fact-index.ts';
import { scopeColumns } from './registry.ts';
import { factsOf, type SubjectDoc } from './subject-doc.ts';
import type { AccountRow, PersonRow } from './tables.ts';
import type { WorkingSet } from './working-set.ts';

/** One subject as stages 5 and 6 see it: a document that can be read and replaced. */
export interface Cell {
  readonly scope: Scope;
  readonly subject: Subject;
  doc(): SubjectDoc;
  update(change: Partial<SubjectDoc>): void;
  facts(): Facts;
  /** Whether everything that the subject did under these features' names is counted in them. */
  counted(features: readonly KeyedFeature[]): boolean;
  /** The ids under which an event of this subject can be sent; undefined for an account. */
  identity(): { readonly userId: string } | { readonly anonymousId: string } | undefined;
}

export function personCell(set: WorkingSet, scope: Scope, id: string): Cell {
  const handle = set.people.handle({ ...scopeColumns(scope), id });
  const row = (): PersonRow => required(handle.get(), `person ${id}`);
  return {
    scope,
    subject: { kind: 'person', id },
    doc: () => row().doc,
    update: (change) => {
      const before = row();
      handle.put({ ...before, doc: { ...before.doc, ...change } });
    },
    facts: () => factsOf(row().doc),
    counted: (features) => isCounted(row().doc, features),
    identity: () => {
      const { userId, anonymousId } = row();
      if (userId !== null) return { userId };
      return anonymousId === null ? undefined : { anonymousId };
    },
  };
}

export function accountCell(set: WorkingSet, scope: Scope, id: string): Cell {
  const handle = set.accounts.handle({ ...scopeColumns(scope), id });
  const row = (): AccountRow => required(handle.get(), `account ${id}`);
  return {
    scope,
    subject: { kind: 'account', id },
    doc: () => row().doc,
    update: (change) => {
      const before = row();
      handle.put({ ...before, doc: { ...before.doc, ...change } });
    },
    facts: () => factsOf(row().doc),
    counted: () => true,
    identity: () => undefined,
  };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not there`);
  return value;
}
