/** The moments of a page's life that matter. None of them keeps the page out of the back/forward cache. */
export interface PageMoments {
  hidden(): void;
  visible(): void;
  /** `pagehide`: frozen or gone. */
  leaving(): void;
  /** Back from the back/forward cache. */
  returned(): void;
  online(): void;
}

export function watchPage(moments: PageMoments): void {
  document.addEventListener('visibilitychange', () => (document.hidden ? moments.hidden() : moments.visible()));
  window.addEventListener('pagehide', () => moments.leaving());
  window.addEventListener('pageshow', (event) => event.persisted && moments.returned());
  window.addEventListener('online', () => moments.online());
}
