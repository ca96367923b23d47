import type { ApiProblem } from '../api/api-problem.ts';
import type { Issue } from './issue.ts';

/** Where a draft stands between the form and the server. */
export type SaveState =
  | { readonly kind: 'saved'; readonly at: number | undefined }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  /** Complaints must be met first: the form's own, or, with `problem`, the server's. Kept in this browser. */
  | { readonly kind: 'incomplete'; readonly problem?: ApiProblem }
  /** Somebody else saved in between. Nothing is sent until the author decides. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem };

export interface Draft<Body> {
  readonly body: Body;
  /** The server's revision that the body is based on; 0 = not there yet. */
  readonly revision: number;
  readonly save: SaveState;
  readonly issues: readonly Issue[];
}

export interface DraftPorts<Body> {
  /** Resolves to the new revision; rejects with an {@link ApiProblem}. */
  readonly send: (body: Body, revision: number) => Promise<number>;
  /** Complaints that are known without asking the server. */
  readonly complaints: (body: Body) => readonly Issue[];
  readonly keepLocally: (draft: { body: Body; revision: number; at: number } | undefined) => void;
  readonly problemOf: (error: unknown) => ApiProblem;
  readonly now: () => number;
}

const quietMs = 800;
const retryMs = 5000;

/** Saves a draft by itself: shortly after the last change, one request at a time, never over somebody else's. */
export class DraftKeeper<Body> {
  readonly #ports: DraftPorts<Body>;
  readonly #listeners = new Set<() => void>();
  #draft: Draft<Body>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(start: { body: Body; revision: number; dirty: boolean }, ports: DraftPorts<Body>) {
    this.#ports = ports;
    this.#draft = { body: start.body, revision: start.revision, save: { kind: 'saved', at: undefined }, issues: [] };
    if (start.dirty) this.change(start.body);
  }

  readonly snapshot = (): Draft<Body> => this.#draft;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes what the author typed. */
  readonly change = (body: Body): void => {
    const issues = this.#ports.complaints(body);
    const conflict = this.#draft.save.kind === 'conflict';
    this.#ports.keepLocally({ body, revision: this.#draft.revision, at: this.#ports.now() });
    const save: SaveState = issues.length > 0 ? { kind: 'incomplete' } : { kind: 'waiting' };
    this.#set({ body, issues, ...(conflict ? {} : { save }) });
    if (!conflict && issues.length === 0) this.#later(quietMs);
    else clearTimeout(this.#timer);
  };

  /** Saves now. Resolves to true when the server has exactly what the form shows. */
  readonly flush = async (): Promise<boolean> => {
    clearTimeout(this.#timer);
    await this.#running;
    const { kind } = this.#draft.save;
    if (kind === 'waiting' || kind === 'failed') await this.#start();
    return this.#draft.save.kind === 'saved';
  };

  /** Takes the server's draft instead of what is in the form. */
  readonly adopt = (body: Body, revision: number): void => {
    clearTimeout(this.#timer);
    this.#ports.keepLocally(undefined);
    this.#set({ body, revision, issues: [], save: { kind: 'saved', at: undefined } });
  };

  /** Ends a conflict in favour of the form: it is saved over `revision`. */
  readonly insist = (revision: number): void => {
    this.#set({ revision, save: { kind: 'waiting' } });
    this.change(this.#draft.body);
  };

  /** Stops saving: the draft was thrown away. */
  readonly stop = (): void => {
    clearTimeout(this.#timer);
    this.#ports.keepLocally(undefined);
    this.#set({ save: { kind: 'saved', at: undefined } });
  };

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#start(), ms);
  }

  #start(): Promise<void> {
    this.#running ??= this.#send().finally(() => {
      this.#running = undefined;
      // Typed while the request was under way: its own timer may have fired in vain.
      if (this.#draft.save.kind === 'waiting') this.#later(quietMs);
    });
    return this.#running;
  }

  async #send(): Promise<void> {
    const { body, revision } = this.#draft;
    this.#set({ save: { kind: 'saving' } });
    try {
      const next = await this.#ports.send(body, revision);
      const current = this.#draft.body === body;
      this.#ports.keepLocally(current ? undefined : { body: this.#draft.body, revision: next, at: this.#ports.now() });
      this.#set(current ? { revision: next, issues: [], save: { kind: 'saved', at: this.#ports.now() } } : { revision: next });
    } catch (error) {
      this.#refused(this.#ports.problemOf(error), body);
    }
  }

  #refused(problem: ApiProblem, body: Body): void {
    if (problem.status === 409) {
      clearTimeout(this.#timer);
      this.#set({ save: { kind: 'conflict' } });
    } else if (this.#draft.body !== body) {
      // The form has moved on; what it says now is on its way already.
    } else if (problem.issues.length > 0) {
      this.#set({ save: { kind: 'incomplete', problem }, issues: problem.issues });
    } else {
      this.#set({ save: { kind: 'failed', problem } });
      if (problem.status === 0 || problem.status >= 500) this.#later(retryMs);
    }
  }

  #set(change: Partial<Draft<Body>>): void {
    this.#draft = { ...this.#draft, ...change };
    for (const listener of this.#listeners) listener();
  }
}
