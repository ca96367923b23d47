import type { Target } from '../../../kernel/target.ts';
import { createAnnouncer } from '../../../page/announcer.ts';
import { homeFor } from '../../../page/modal.ts';
import type { MountedSurface, SurfacePort } from '../../../page/surface.ts';
import { guideEvents, type TourContent, type TourStep, type TourView } from '../guide.ts';
import { createCard } from './card.ts';
import { afterTimeout, belongsTo, firstIndex, type TourProgress } from './course.ts';
import { listenKeys } from './keys.ts';
import { Stage } from './stage.ts';
import { TargetWatch } from './watch-target.ts';

/** A successor of a vanished target (a re-render, a reload of the list) has this long to come before the policy counts. */
const graceMs = 1000;

/** Runs one tour until it ends or is disposed. */
export function mount(port: SurfacePort): MountedSurface {
  const tour = new TourRun(port);
  tour.enter(tour.index);
  return { update: () => {}, routed: () => tour.routed(), hush: () => {}, dispose: () => tour.dispose() };
}

class TourRun {
  index: number;
  readonly #content: TourContent;
  readonly #seen: Set<string>;
  readonly #card = createCard({
    next: () => this.#next(),
    back: () => this.enter(this.index - 1),
    close: () => this.#dismiss('button'),
  });
  readonly #stage;
  readonly #announcer = createAnnouncer();
  readonly #stopKeys: () => void;
  #watch: TargetWatch | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #target: HTMLElement | undefined;
  #before: Element | null = null;
  #wantsFocus: boolean;
  #announced = -1;
  /** The target of this step has been scrolled to. */
  #brought = false;
  readonly #port: SurfacePort;

  constructor(port: SurfacePort) {
    this.#port = port;
    this.#content = port.content as unknown as TourContent;
    const progress = port.memory.read() as unknown as TourProgress | undefined;
    this.#seen = new Set(progress?.seen);
    this.index = firstIndex(this.#content, port.view as TourView, progress, port.asked);
    this.#stage = new Stage(port.theme, this.#card);
    this.#wantsFocus = port.asked;
    this.#before = port.asked ? document.activeElement : null;
    this.#card.element.addEventListener('focusin', (event) => {
      if (event.relatedTarget instanceof Element && !this.#card.element.contains(event.relatedTarget)) this.#before = event.relatedTarget;
    });
    this.#stopKeys = listenKeys(this.#stage.host, {
      next: () => this.enter(this.index + 1),
      back: () => this.enter(this.index - 1),
      close: () => this.#dismiss('escape'),
    });
    window.addEventListener('click', this.#clicked, true);
  }

  /** Opens a step, or waits for its route and its target. An index before the first step does nothing. */
  enter(index: number): void {
    const step = this.#content.steps[index];
    if (!step) return;
    this.#rest();
    this.index = index;
    this.#brought = false;
    this.#card.draw(step, index, this.#content.steps.length);
    this.#remember(step);
    this.#begin(step);
  }

  routed(): void {
    const step = this.#step();
    if (!step || step.path === undefined) return;
    if (!belongsTo(step, this.#port.path())) this.#leave();
    else if (!this.#watch && !this.#stage.host.shown) this.#begin(step);
  }

  dispose(): void {
    this.#rest();
    window.removeEventListener('click', this.#clicked, true);
    this.#stopKeys();
    this.#stage.dispose();
    this.#announcer.dispose();
  }

  #begin(step: TourStep): void {
    if (!belongsTo(step, this.#port.path())) this.#leave();
    else if (step.target) this.#follow(step, step.target);
    else this.#show(step, undefined);
  }

  #follow(step: TourStep, target: Target): void {
    this.#startTimer(step, step.timeout);
    this.#watch = new TargetWatch(target, {
      found: (element) => this.#found(step, element),
      lost: () => {
        this.#hide();
        this.#startTimer(step, Math.max(graceMs, step.timeout));
      },
    });
    this.#watch.start();
    if (!this.#target) this.#hide();
  }

  #found(step: TourStep, element: HTMLElement): void {
    clearTimeout(this.#timer);
    this.#show(step, element);
  }

  #show(step: TourStep, target: HTMLElement | undefined): void {
    const wasShown = this.#stage.host.shown;
    this.#target = target;
    // A re-render must not pull the page back to where the person has scrolled away from.
    this.#stage.show(step, target, target !== undefined && !this.#brought);
    this.#brought ||= target !== undefined;
    if (this.#wantsFocus && (!wasShown || !this.#focusInside()))
      (this.#seen.size === 0 ? this.#card.element : this.#card.next).focus({ preventScroll: true });
    else if (this.#announced !== this.index)
      this.#announcer.say(`Step ${this.index + 1} of ${this.#content.steps.length}, ${step.title}`, homeFor(target));
    this.#announced = this.index;
    this.#wantsFocus = false;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#report(step));
  }

  /** A step counts as seen once it has really been painted. */
  #report(step: TourStep): void {
    if (this.#seen.has(step.id)) return;
    if (this.#seen.size === 0) this.#track(guideEvents.shown, step);
    this.#seen.add(step.id);
    this.#remember(step);
    this.#track(guideEvents.step, step);
  }

  #next(): void {
    const step = this.#step();
    if (!step) return;
    this.#report(step);
    if (this.index + 1 < this.#content.steps.length) this.enter(this.index + 1);
    else this.#end(guideEvents.completed, {});
  }

  #dismiss(how: string): void {
    this.#end(guideEvents.dismissed, { how });
  }

  #end(name: string, more: Record<string, string>): void {
    const step = this.#step();
    const focusInside = this.#focusInside();
    if (step) this.#track(name, step, more);
    this.#port.memory.write(undefined);
    this.dispose();
    if (focusInside && this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
    this.#port.ended('done');
  }

  #startTimer(step: TourStep, wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(step, wait), wait);
  }

  #giveUp(step: TourStep, waitedMs: number): void {
    const missing = this.#watch?.missing;
    const scores = missing?.score === undefined ? {} : { score: round(missing.score), second: round(missing.second ?? 0) };
    this.#track(guideEvents.missing, step, { reason: missing?.reason ?? 'absent', waitedMs, policy: step.missing, ...scores });
    const verdict = afterTimeout(this.#content, this.index, this.#seen.size > 0);
    if (verdict === 'center') this.#show(step, undefined);
    else if (verdict === 'completed') this.#end(guideEvents.completed, {});
    else if (verdict === 'later') {
      this.dispose();
      this.#port.ended('later');
    } else if (verdict !== 'wait') this.enter(verdict.go);
  }

  /** Off the step's route: nothing on screen and nothing watched, until the route comes back. */
  #leave(): void {
    this.#rest();
    this.#hide();
  }

  #hide(): void {
    this.#wantsFocus ||= this.#focusInside();
    cancelAnimationFrame(this.#frame);
    this.#stage.hide();
    this.#target = undefined;
  }

  #rest(): void {
    this.#watch?.stop();
    this.#watch = undefined;
    this.#target = undefined;
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  readonly #clicked = (event: Event): void => {
    const target = this.#target;
    if (target && this.#step()?.advanceOnClick && event.composedPath().includes(target)) this.#next();
  };

  #step(): TourStep | undefined {
    return this.#content.steps[this.index];
  }

  #focusInside(): boolean {
    return this.#stage.host.root.activeElement !== null;
  }

  #remember(step: TourStep): void {
    this.#port.memory.write({ step: step.id, seen: [...this.#seen] });
  }

  #track(name: string, step: TourStep, more: Record<string, string | number> = {}): void {
    this.#port.track(name, { guideId: this.#port.id, guideVersion: this.#port.version, stepId: step.id, ...more });
  }
}

function round(score: number): number {
  return Math.round(score * 100) / 100;
}
