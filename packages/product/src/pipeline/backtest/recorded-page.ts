import type { AcceptedEvent } from '../../kernel/event.ts';
import { isObject, type Json } from '../../kernel/json.ts';
import type { PageFact } from '../../rules/facts.ts';

/**
 * The page on which an event happened, where the sender recorded it: a page call has it in its properties, other
 * calls of Segment's libraries in their context. The host and the query are known when a whole address was sent.
 * Undefined = not recorded.
 */
export function recordedPage(event: AcceptedEvent): PageFact | undefined {
  const context = isObject(event.context?.page) ? event.context.page : undefined;
  return (event.type === 'page' ? pageOf(event.properties) : undefined) ?? pageOf(context);
}

function pageOf(told: Readonly<Record<string, Json>> | undefined): PageFact | undefined {
  if (!told) return undefined;
  const address = typeof told.url === 'string' ? parts(told.url) : undefined;
  const path = typeof told.path === 'string' && told.path.startsWith('/') ? told.path : address?.path;
  return path === undefined ? undefined : { ...address, path };
}

const address = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]*)(?::\d+)?([^?#]*)(?:\?([^#]*))?/i;

function parts(url: string): PageFact | undefined {
  const found = address.exec(url);
  if (!found) return undefined;
  const [, host = '', path = '', query = ''] = found;
  return { path: path === '' ? '/' : path, host: host.toLowerCase(), query: parameters(query) };
}

/** The first value of each name, as the page has it. */
function parameters(query: string): Record<string, string> {
  const values: [string, string][] = [];
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const key = decoded(name);
    if (!values.some(([known]) => known === key)) values.push([key, decoded(rest.join('='))]);
  }
  return Object.fromEntries(values);
}

function decoded(text: string): string {
  const plain = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
