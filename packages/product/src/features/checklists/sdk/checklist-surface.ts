import { createAnnouncer } from '../../../page/announcer.ts';
import { element } from '../../../page/element.ts';
import { createHost, type Host } from '../../../page/host.ts';
import { schemeOf } from '../../../page/scheme.ts';
import type { MountedSurface, SurfacePort } from '../../../page/surface.ts';
import { type ChecklistContent, type ChecklistItem, type ChecklistView, checklistEvents } from '../checklist.ts';
import css from './checklist.css?inline';
import { createLauncher } from './launcher.ts';
import { createPanel } from './panel.ts';
import { createUndo, type Undo } from './undo.ts';
import { covers, freshlyTicked, nextItem } from './view.ts';

/** Shows one checklist as a pill in the corner that opens into a panel. */
export function mount(port: SurfacePort): MountedSurface {
  const list = new ChecklistOnPage(port);
  return {
    update: (view) => list.update(view as unknown as ChecklistView),
    routed: () => list.recolour(),
    hush: (on) => list.hush(on),
    dispose: () => list.dispose(),
  };
}

class ChecklistOnPage {
  readonly #port: SurfacePort;
  readonly #content: ChecklistContent;
  readonly #host: Host;
  readonly #announcer = createAnnouncer();
  readonly #launcher;
  readonly #panel;
  readonly #stack;
  #view: ChecklistView;
  #open: boolean;
  #louder = false;
  #hushed = false;
  #expanded: string | undefined;
  #undo: Undo | undefined;

  constructor(port: SurfacePort) {
    this.#port = port;
    this.#content = port.content as unknown as ChecklistContent;
    this.#view = port.view as unknown as ChecklistView;
    this.#open = port.tabMemory.read() === 'open';
    this.#expanded = nextItem(this.#content, this.#view);
    this.#host = createHost(port.theme, css);
    this.#launcher = createLauncher(this.#content, () => this.#setOpen(!this.#open || this.#hushed));
    this.#panel = createPanel(this.#content, {
      toggle: (item) => this.#toggle(item),
      act: (item) => this.#act(item),
      minimise: () => this.#setOpen(false),
      dismiss: () => this.#dismiss(),
    });
    this.#stack = element('div', { class: 'stack' }, [this.#launcher.element, this.#panel.element]);
    this.#host.root.append(this.#stack);
    this.#stack.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#open) this.#setOpen(false);
    });
    document.addEventListener('focusin', this.#makeWay);
    this.#host.element.lang = document.documentElement.lang;
    this.recolour();
    this.#draw();
    this.#host.show(document.body);
    this.#noteShown();
  }

  update(view: ChecklistView): void {
    if (view.dismissed && !this.#undo) this.#leave();
    else this.#redraw(view);
  }

  #redraw(view: ChecklistView): void {
    const fresh = freshlyTicked(this.#content, this.#view, view);
    this.#view = view;
    if (fresh.some((item) => item.id === this.#expanded)) this.#expanded = nextItem(this.#content, view);
    this.#draw();
    if (view.completed && fresh.length > 0) this.#announcer.say(`${this.#content.title}: all done`, document.body);
    else if (fresh.length > 0) this.#announcer.say(`Done: ${fresh.map((item) => item.title).join(', ')}`, document.body);
  }

  /** Pages change their theme and their direction without a reload. */
  recolour(): void {
    const { element: host } = this.#host;
    host.dataset.scheme = schemeOf(document.body);
    host.dir = getComputedStyle(document.documentElement).direction;
  }

  /** Something louder folds the panel; the person may still open it. */
  hush(on: boolean): void {
    if (on === this.#louder) return;
    this.#louder = on;
    this.#hushed = on;
    this.#draw();
  }

  dispose(): void {
    document.removeEventListener('focusin', this.#makeWay);
    this.#undo?.commit();
    this.#host.dispose();
    this.#announcer.dispose();
  }

  /** Folds the panel when the focus goes to something of the page that the panel covers wholly (WCAG 2.4.11). */
  readonly #makeWay = ({ target }: Event): void => {
    const panel = this.#panel.element;
    if (panel.hidden || !(target instanceof Element) || target === this.#host.element) return;
    if (!covers(panel.getBoundingClientRect(), target.getBoundingClientRect())) return;
    this.#hushed = true;
    this.#draw();
  };

  #draw(): void {
    const open = this.#open && !this.#hushed;
    const done = this.#content.items.filter((item) => this.#view.ticked.includes(item.id)).length;
    this.#host.set('--done', `${(done / this.#content.items.length) * 100}%`);
    this.#launcher.draw(this.#view, open);
    this.#panel.draw(this.#view, this.#expanded);
    this.#panel.element.hidden = !open;
  }

  #setOpen(open: boolean): void {
    const inside = this.#panel.element.contains(this.#host.root.activeElement);
    this.#open = open;
    this.#hushed = false;
    this.#port.tabMemory.write(open ? 'open' : undefined);
    this.recolour();
    this.#draw();
    if (!open && inside) this.#launcher.element.focus();
  }

  #toggle(item: ChecklistItem): void {
    this.#expanded = this.#expanded === item.id ? undefined : item.id;
    this.#draw();
    if (this.#expanded) this.#track(checklistEvents.opened, { itemId: item.id });
  }

  #act(item: ChecklistItem): void {
    const { action } = item;
    if (action?.type === 'start_tour') {
      if (this.#port.startGuide(action.guide)) this.#setOpen(false);
      else this.#panel.say(item, 'This tour is not available now.');
    } else if (action) this.#port.navigate(action.url);
  }

  #dismiss(): void {
    this.#open = false;
    this.#port.tabMemory.write(undefined);
    const forget = () => {
      this.#track(checklistEvents.dismissed);
      this.#undo = undefined;
      this.#leave();
    };
    if (this.#view.completed) forget();
    else this.#offerUndo(forget);
  }

  #offerUndo(forget: () => void): void {
    const undo = createUndo({
      commit: forget,
      restore: () => {
        this.#undo = undefined;
        undo.element.remove();
        this.#stack.prepend(this.#launcher.element);
        this.#setOpen(true);
        this.#launcher.element.focus();
      },
    });
    this.#undo = undo;
    this.#draw();
    this.#launcher.element.remove();
    this.#stack.append(undo.element);
    undo.focus();
  }

  #leave(): void {
    this.#undo = undefined;
    this.dispose();
    this.#port.ended('done');
  }

  #noteShown(): void {
    if (this.#port.memory.read() === 'shown') return;
    this.#port.memory.write('shown');
    this.#track(checklistEvents.shown);
  }

  #track(name: string, more: Record<string, string> = {}): void {
    this.#port.track(name, { checklistId: this.#port.id, checklistVersion: this.#port.version, ...more });
  }
}
