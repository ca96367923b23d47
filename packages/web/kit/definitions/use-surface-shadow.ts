import type { Theme } from '@gangway/product/kernel/manifest.ts';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * Puts a node that a surface's own code has made into a shadow root with the surface's own styles, as on the page,
 * but in the flow of the preview. Call it with the same style texts on every render.
 */
export function useSurfaceShadow(styles: readonly string[], theme: Theme, make: () => HTMLElement): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const first = useRef({ styles, theme, make });
  useEffect(() => {
    const at = host.current;
    if (!at) return;
    const root = at.shadowRoot ?? at.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [...first.current.styles, inFlow(first.current.theme)].map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    at.setAttribute('data-open', '');
    root.replaceChildren(first.current.make());
  }, []);
  return host;
}

function inFlow(theme: Theme): string {
  return `:host {
    position: relative !important; inset: auto !important; z-index: 0 !important; margin: 0 !important; display: flex !important;
    flex: 0 1 auto !important; width: 320px !important; min-width: 0 !important; max-width: 100% !important; max-height: 100% !important;
    --accent: ${theme.accent}; --on-accent: ${theme.onAccent}; --radius: ${theme.radius}px; --aim: 50%;
  }
  .card { animation: none !important; }`;
}
