import type { Scope } from '../kernel/scope.ts';
import type { Subject } from '../kernel/subject.ts';
import type { Facts } from '../rules/facts.ts';
import { isCounted, type KeyedFeature } from './fact-index.ts';
import { scopeColumns } from './registry.ts';
import type { Handle } from './row-cache.ts';
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

/** @param handle of the person's row */
export function personCell(scope: Scope, id: string, handle: Handle<PersonRow>): Cell {
  return new PersonCell(scope, { kind: 'person', id }, handle);
}

export function accountCell(set: WorkingSet, scope: Scope, id: string): Cell {
  return new AccountCell(scope, { kind: 'account', id }, set.accounts.handle({ id, ...scopeColumns(scope) }));
}

/** What both kinds do alike. Facts are made once for each document: several rules and slices ask for them in a turn. */
abstract class RowCell<Row extends PersonRow | AccountRow> {
  readonly scope: Scope;
  readonly subject: Subject;
  readonly #handle: Handle<Row>;
  #known: { readonly doc: Row['doc']; readonly facts: Facts } | undefined;

  constructor(scope: Scope, subject: Subject, handle: Handle<Row>) {
    this.scope = scope;
    this.subject = subject;
    this.#handle = handle;
  }

  protected row(): Row {
    const row = this.#handle.get();
    if (row === undefined) throw new Error(`${this.subject.kind} ${this.subject.id} is not there`);
    return row;
  }

  doc(): Row['doc'] {
    return this.row().doc;
  }

  update(change: Partial<SubjectDoc>): void {
    const before = this.row();
    this.#handle.put({ ...before, doc: { ...before.doc, ...change } });
  }

  facts(): Facts {
    const { doc } = this.row();
    if (this.#known?.doc !== doc) this.#known = { doc, facts: factsOf(doc) };
    return this.#known.facts;
  }
}

class PersonCell extends RowCell<PersonRow> implements Cell {
  counted(features: readonly KeyedFeature[]): boolean {
    return isCounted(this.row().doc, features);
  }

  identity(): ReturnType<Cell['identity']> {
    const { userId, anonymousId } = this.row();
    if (userId !== null) return { userId };
    return anonymousId === null ? undefined : { anonymousId };
  }
}

class AccountCell extends RowCell<AccountRow> implements Cell {
  counted(): boolean {
    return true;
  }

  identity(): undefined {
    return undefined;
  }
}
