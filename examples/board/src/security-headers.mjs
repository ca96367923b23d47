/**
 * The headers of every answer. Gangway needs two entries: its origin in `script-src` (the loader and its surfaces)
 * and in `connect-src` (events and manifests). No inline script, no inline style, no eval.
 * @param {string | undefined} gangway its origin, absent when Corkboard runs without it
 */
export function securityHeaders(gangway) {
  const own = gangway ? `'self' ${gangway}` : "'self'";
  const policy = [
    "default-src 'none'",
    `script-src ${own}`,
    `connect-src ${own}`,
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  };
}
