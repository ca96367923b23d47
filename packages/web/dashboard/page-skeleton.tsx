import { Skeleton } from '@mantine/core';
import '../kit/page.css';

const lines = ['92%', '78%', '85%', '64%', '88%', '71%'];

/** The outline of a screen while its code is on the way. */
export function PageSkeleton() {
  return (
    <div className="gw-page" aria-busy="true">
      <div>
        <Skeleton height={20} width={180} mb={10} />
        <Skeleton height={12} width={320} maw="100%" />
      </div>
      {lines.map((width) => (
        <Skeleton key={width} height={14} width={width} />
      ))}
    </div>
  );
}
