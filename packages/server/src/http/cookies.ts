import type { FastifyReply, FastifyRequest } from 'fastify';

/** The value of a cookie, or undefined. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === cookieName(request, name)) return decoded(value.join('='));
  }
  return undefined;
}

/** A value that no server wrote is taken as it is: it opens nothing. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * Sets or clears a cookie: not readable by scripts, sent on top-level navigation only. Over https with the
 * `__Host-` prefix; a plain http installation cannot have that.
 */
export function writeCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: { name: string; value: string | undefined; maxAge?: number | undefined },
): void {
  const secure = request.protocol === 'https';
  const life = cookie.value === undefined ? 'Max-Age=0' : `Max-Age=${cookie.maxAge ?? 3600}`;
  const value = `${cookieName(request, cookie.name)}=${encodeURIComponent(cookie.value ?? '')}; Path=/; HttpOnly; SameSite=Lax; ${life}${secure ? '; Secure' : ''}`;
  reply.header('set-cookie', value);
}

function cookieName(request: FastifyRequest, name: string): string {
  return request.protocol === 'https' ? `__Host-${name}` : name;
}
