import type { Json, JsonObject } from '../kernel/json.ts';
import type { Theme } from '../kernel/manifest.ts';

/** A small value that a surface keeps. Reading gives undefined when there is none, or when storage is blocked. */
export interface Memory {
  read(): Json | undefined;
  /** `undefined` forgets. */
  write(value: Json | undefined): void;
}

/**
 * All that a surface gets from the shell. A surface knows neither the queue nor the network, and nothing of other
 * surfaces.
 */
export interface SurfacePort {
  readonly id: string;
  readonly version: number;
  readonly content: Json;
  readonly view: Json;
  readonly theme: Theme;
  /** The person asked for it just now (a button, the page's own code): it may take the focus. */
  readonly asked: boolean;
  /** Of this person, shared by all tabs. */
  readonly memory: Memory;
  /** Of this tab. */
  readonly tabMemory: Memory;
  /** The path that page conditions are compared with. */
  path(): string;
  /** Queues a `track` and sends it at once. */
  track(name: string, properties: JsonObject): void;
  /** False when that guide is not there for this person. */
  startGuide(id: string): boolean;
  /** Goes to a page of the site, or elsewhere. Unsafe addresses are ignored. */
  navigate(url: string): void;
  /** The surface is gone by itself. `done`: not again for this person; `later`: may come back with the next page. */
  ended(how: 'done' | 'later'): void;
}

/** A surface that is on screen, or waits to be. Every member must be quick; an exception ends this surface alone. */
export interface MountedSurface {
  /** The person's state has changed. */
  update(view: Json): void;
  /** The route has changed; called in the same task. */
  routed(): void;
  /** Something louder is on screen (true) or gone (false). */
  hush(on: boolean): void;
  /** Takes everything away: nodes, listeners, observers, timers. Reports nothing but what the person has already decided. */
  dispose(): void;
}

/** What the module of a surface exports. */
export interface SurfaceModule {
  mount(port: SurfacePort): MountedSurface;
}
