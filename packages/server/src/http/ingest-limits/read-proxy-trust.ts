import { Problem } from '@gangway/product/kernel/problem.ts';

/** Addresses and networks, or a question: is the sender behind so many proxies (0 = the connection itself) believed? */
export type ProxyTrust = string[] | ((address: string, hop: number) => boolean);

/**
 * Who may say, with `X-Forwarded-For`, from where a request came. `TRUST_PROXY` is the number of proxies in front
 * (`1`), or their addresses and networks, with commas. Unset: nobody, because anybody can send that header.
 * @throws {Problem} `invalid_setting` for anything else
 */
export function readProxyTrust(text: string | undefined): ProxyTrust | undefined {
  const value = text?.trim() ?? '';
  if (value === '' || value === '0' || value === 'false') return undefined;
  // “true” would believe the leftmost address, which the caller wrote: one proxy is what is meant.
  const proxies = value === 'true' ? 1 : /^\d{1,2}$/.test(value) ? Number(value) : undefined;
  if (proxies !== undefined) return (_address, hop) => hop < proxies;
  const list = value.split(',').map((part) => part.trim());
  if (list.every((part) => /^[0-9a-f.:]+(\/\d{1,3})?$/i.test(part) && /[.:]/.test(part))) return list;
  throw new Problem(
    'invalid_setting',
    500,
    `TRUST_PROXY is “${value}”, but it is the number of proxies in front, or their addresses with commas. Nothing was changed.`,
  );
}
