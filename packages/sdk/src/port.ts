import { safeHref } from '@gangway/product/kernel/content.ts';
import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { BundleContent, Theme } from '@gangway/product/kernel/manifest.ts';
import type { Memory, SurfacePort } from '@gangway/product/page/surface.ts';
import { currentPath } from './facts.ts';
import { readJson, type Store } from './storage.ts';

interface PortParts {
  readonly slot: { readonly content: BundleContent; readonly asked: boolean };
  /** It belongs to this tab alone. */
  readonly inTab: boolean;
  readonly theme: Theme;
  readonly store: Store;
  readonly tabStore: Store;
  readonly track: (name: string, properties: JsonObject) => void;
  readonly start: (id: string) => boolean;
  readonly ended: (how: 'done' | 'later') => void;
}

/** The narrow side of the shell that one surface gets; its view is added when it is mounted. */
export function portOf({ slot, inTab, theme, store, tabStore, track, start, ended }: PortParts): Omit<SurfacePort, 'view'> {
  const { content, asked } = slot;
  return {
    id: content.id,
    version: content.version,
    content: content.body,
    theme,
    asked,
    memory: memoryOf(inTab ? tabStore : store, `memory:${content.id}`),
    tabMemory: memoryOf(tabStore, `memory:${content.id}.tab`),
    path: currentPath,
    track,
    startGuide: start,
    navigate: (url) => {
      if (safeHref(url)) location.assign(url);
    },
    ended,
  };
}

function memoryOf(store: Store, key: string): Memory {
  return {
    read: () => readJson(store, key),
    write: (value) => {
      if (value === undefined) store.remove(key);
      else store.set(key, JSON.stringify(value));
    },
  };
}
