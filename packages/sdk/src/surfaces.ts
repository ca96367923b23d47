import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { BundleContent, LoaderConfig } from '@gangway/product/kernel/manifest.ts';
import type { MountedSurface } from '@gangway/product/page/surface.ts';
import { type Outlook, outlookOf, startOf } from './attention.ts';
import { documentReady, loadSurface } from './chunk.ts';
import { pageFacts } from './facts.ts';
import type { Lock } from './lock.ts';
import type { Current } from './manifest.ts';
import { type Marks, marksOf } from './marks.ts';
import { portOf } from './port.ts';
import type { Store } from './storage.ts';
import { Turn } from './turn.ts';

export interface SurfaceParts {
  readonly config: LoaderConfig;
  readonly store: Store;
  readonly tabStore: Store;
  readonly lock: Lock;
  readonly current: () => Current | undefined;
  readonly track: (name: string, properties: JsonObject) => void;
  /** The number of surfaces on screen may have changed. */
  readonly changed: () => void;
}

interface Slot {
  readonly content: BundleContent;
  readonly guide: boolean;
  readonly asked: boolean;
  /** The person's state as the surface last heard it, as JSON. */
  view: string;
  surface?: MountedSurface;
}

const longestTimerMs = 2 ** 31 - 1;

/** Everything of ours that is on screen, or about to be. */
export class Surfaces {
  readonly #parts: SurfaceParts;
  readonly #marks: Marks;
  readonly #slots = new Map<string, Slot>();
  /** Failed, or ended without being done: not again on this page. */
  readonly #skipped = new Set<string>();
  readonly #loading = new Set<Promise<void>>();
  readonly #turn: Turn;
  /** A guide has started by itself since the last change of route. */
  #spent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: SurfaceParts) {
    this.#parts = parts;
    this.#marks = marksOf(parts.store, parts.tabStore);
    this.#turn = new Turn(parts.lock);
  }

  get live(): boolean {
    return this.#slots.size > 0;
  }

  /** Decides anew what may be on screen. */
  review(): void {
    clearTimeout(this.#timer);
    const current = this.#parts.current();
    if (!current) return;
    const contents = current.bundle.contents.filter(({ id }) => !this.#skipped.has(id));
    const now = Date.now() + current.skew;
    const outlook = outlookOf({
      contents,
      entries: current.manifest.entries,
      page: pageFacts(),
      now,
      mark: this.#marks.get,
      spent: this.#spent,
    });
    this.#keepOrClose(current, outlook);
    for (const { content } of outlook.standing) if (!this.#slots.has(content.id)) this.#open(content, { guide: false, asked: false });
    this.#considerGuide(outlook.guide);
    if (outlook.until !== undefined)
      this.#timer = setTimeout(() => this.review(), Math.min(longestTimerMs, Math.max(1000, outlook.until - now)));
    this.#settle();
  }

  routed(): void {
    this.#spent = false;
    for (const slot of [...this.#slots.values()]) this.#guarded(slot, () => slot.surface?.routed());
    this.review();
  }

  /** Starts a guide because somebody asked for it. False when it is not there for this person. */
  start(id: string): boolean {
    const current = this.#parts.current();
    const content = current?.bundle.contents.find((each) => each.id === id && startOf(each) !== undefined);
    const offered = this.#marks.get(id) === 'done' || current?.manifest.entries.some((entry) => entry.id === id);
    if (!content || !offered) return false;
    const before = this.#guide();
    if (before?.content.id === id) return true;
    if (before) {
      this.#marks.end(before.content.id, false);
      this.#close(before);
    }
    this.#skipped.delete(id);
    this.#marks.startInTab(id);
    this.#open(content, { guide: true, asked: true });
    this.#settle();
    return true;
  }

  /** Takes automatic guides away while the page sleeps; they go on at the next review, in the tab that may have them. */
  sleep(): void {
    const slot = this.#guide();
    if (slot && this.#turn.mine) this.#close(slot);
    this.#turn.end();
    clearTimeout(this.#timer);
  }

  /** Takes everything away, and what this tab (with `shared`: this device) remembers of it. */
  clear(shared: boolean): void {
    for (const slot of [...this.#slots.values()]) this.#close(slot);
    this.#turn.end();
    this.#skipped.clear();
    this.#spent = false;
    this.#marks.clear(shared);
  }

  /** Resolves when what was decided so far has been loaded and drawn. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#loading);
  }

  /** A guide stays while it is published; what stands quietly stays while the outlook has it. */
  #keepOrClose(current: Current, outlook: Outlook): void {
    for (const slot of [...this.#slots.values()]) {
      const { id } = slot.content;
      const stays = slot.guide
        ? current.bundle.contents.some((content) => content.id === id)
        : outlook.standing.some(({ content }) => content.id === id);
      const view = viewOf(current, id);
      if (!stays) this.#close(slot);
      else if (view !== slot.view) {
        slot.view = view;
        this.#guarded(slot, () => slot.surface?.update(JSON.parse(view)));
      }
    }
  }

  /** An automatic guide needs the turn, which one tab has at a time; one that was asked for does not. */
  #considerGuide(guide: BundleContent | undefined): void {
    if (this.#guide()) return;
    if (!guide || document.hidden) this.#turn.end();
    else if (this.#marks.runsInTab(guide.id)) this.#open(guide, { guide: true, asked: false });
    else if (this.#turn.mine) {
      this.#spent = true;
      this.#marks.start(guide.id);
      this.#open(guide, { guide: true, asked: false });
    } else {
      const url = this.#parts.config.surfaces[guide.kind];
      if (url) loadSurface(url).catch(() => {});
      this.#turn.ask(() => this.review());
    }
  }

  #open(content: BundleContent, how: { guide: boolean; asked: boolean }): void {
    const current = this.#parts.current();
    const url = this.#parts.config.surfaces[content.kind];
    if (!current || !url) return;
    const slot: Slot = { content, ...how, view: viewOf(current, content.id) };
    this.#slots.set(content.id, slot);
    const loading = this.#mount(slot, url, current).catch((reason) => this.#fail(slot, reason));
    this.#loading.add(loading);
    void loading.then(() => this.#loading.delete(loading));
  }

  async #mount(slot: Slot, url: string, current: Current): Promise<void> {
    const module = await loadSurface(url);
    await documentReady();
    if (!this.#holds(slot)) return;
    const port = portOf({
      ...this.#parts,
      slot,
      inTab: this.#marks.runsInTab(slot.content.id),
      theme: current.bundle.theme,
      start: (id) => this.start(id),
      ended: (how) => this.#ended(slot, how),
    });
    const surface = module.mount({ ...port, view: JSON.parse(slot.view) });
    if (!this.#holds(slot)) return surface.dispose();
    slot.surface = surface;
    this.#settle();
  }

  #holds(slot: Slot): boolean {
    return this.#slots.get(slot.content.id) === slot;
  }

  #guide(): Slot | undefined {
    return [...this.#slots.values()].find((slot) => slot.guide);
  }

  #ended(slot: Slot, how: 'done' | 'later'): void {
    if (!this.#holds(slot)) return;
    const { id } = slot.content;
    this.#marks.end(id, how === 'done');
    if (how === 'later') this.#skipped.add(id);
    this.#slots.delete(id);
    this.review();
  }

  #close(slot: Slot): void {
    if (!this.#holds(slot)) return;
    this.#slots.delete(slot.content.id);
    try {
      slot.surface?.dispose();
    } catch (reason) {
      this.#report(slot, reason);
    }
    this.#settle();
  }

  /** One surface's failure is its own: it goes, it is reported once, and nothing else notices. */
  #guarded(slot: Slot, action: () => void): void {
    try {
      action();
    } catch (reason) {
      this.#fail(slot, reason);
    }
  }

  #fail(slot: Slot, reason: unknown): void {
    this.#skipped.add(slot.content.id);
    this.#close(slot);
    this.#report(slot, reason);
  }

  #report({ content }: Slot, reason: unknown): void {
    this.#parts.track('SDK Surface Failed', { contentId: content.id, kind: content.kind, message: String(reason).slice(0, 200) });
  }

  #settle(): void {
    const loud = this.#guide() !== undefined;
    for (const slot of [...this.#slots.values()]) if (!slot.guide) this.#guarded(slot, () => slot.surface?.hush(loud));
    this.#parts.changed();
  }
}

function viewOf(current: Current, id: string): string {
  return JSON.stringify(current.manifest.entries.find((entry) => entry.id === id)?.state ?? {});
}
