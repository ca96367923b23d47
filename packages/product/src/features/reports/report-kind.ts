/** A report as it is kept, with its kind: one that was saved before there were other kinds is a funnel. */
export function withKind<Body>(body: Body): Body {
  const isOld = typeof body === 'object' && body !== null && !('kind' in body);
  return isOld ? ({ kind: 'funnel', ...body } as Body) : body;
}
