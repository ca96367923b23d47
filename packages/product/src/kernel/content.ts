/**
 * Authored content is a typed tree, drawn with `createElement` and `textContent`: there is no place for markup,
 * so there is nothing to sanitise.
 */
export interface Inline {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** http, https, mailto, or a path of the page's own origin; anything else is dropped when drawn. */
  readonly href?: string;
}

export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'list'; readonly items: readonly (readonly Inline[])[] };

/** Whether a link may be drawn: web, mail, or a path on this origin. */
export function safeHref(href: string): boolean {
  // Control characters and white space are stripped by URL parsers, so `java\nscript:` must not slip through.
  const plain = [...href].filter((character) => character > ' ').join('');
  return /^(https?:\/\/|mailto:|\/(?![/\\])|#)/i.test(plain);
}
