/**
 * At most `most` points of a step function: of every stretch of time the last point, whose value holds from there on.
 * What is left lies on the curve; steps inside a stretch are drawn as one.
 *
 * @param points in the order of their times
 */
export function thinPoints<Point extends { readonly time: number }>(points: readonly Point[], most: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length <= most) return points;
  const stretch = (last.time - first.time) / (most - 1) || 1;
  const placeOf = ({ time }: Point) => Math.ceil((time - first.time) / stretch);
  return points.filter((point, index) => {
    const next = points[index + 1];
    return next === undefined || placeOf(next) !== placeOf(point);
  });
}
