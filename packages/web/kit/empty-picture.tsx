/** Small line drawings, 120 × 72: `line` in grey, `accent` in the accent, `fill` softly filled. */
const pictures = {
  list: { line: 'M10 14h100v44H10zM10 28h100M34 36h52M34 50h40', accent: 'M18 21h24M20 36h6M20 50h6', fill: 'M10 14h100v14H10z' },
  events: { line: 'M10 58h100M24 58V46M42 58V38M78 58V42M96 58V50', accent: 'M60 58V20M60 20l-6 7M60 20l6 7', fill: 'M54 46h12v12H54z' },
  person: {
    line: 'M60 36a11 11 0 1 0 0-22 11 11 0 0 0 0 22zM38 62c0-12 10-19 22-19s22 7 22 19',
    accent: 'M88 24h16M96 16v16',
    fill: 'M60 33a8 8 0 1 0 0-16 8 8 0 0 0 0 16z',
  },
  account: { line: 'M36 62V18l26-7v51M62 28h22v34M28 62h64M44 26h8M44 36h8M44 46h8', accent: 'M70 38h6M70 48h6', fill: 'M64 30h18v30H64z' },
  guide: { line: 'M14 10h92v52H14zM14 20h92M26 30h24M26 38h16', accent: 'M58 30h38v18H70l-6 8v-8h-6z', fill: 'M60 32h34v14H60z' },
  checklist: { line: 'M34 12h52v50H34zM56 24h22M56 37h22M56 50h22', accent: 'M42 23l3 3 5-6M42 36l3 3 5-6', fill: 'M42 46h8v8h-8z' },
  plan: { line: 'M14 12v50M14 20h30M14 36h0M48 36h28M80 52h24', accent: 'M30 20h28M52 36h40', fill: 'M80 46h26v12H80z' },
  funnel: { line: 'M14 62h92M20 62V18h18v44M48 62V30h18v32', accent: 'M76 62V44h18v18', fill: 'M77 45h16v16H77z' },
  milestone: { line: 'M20 62h80M44 62V12', accent: 'M44 14h36l-9 11 9 11H44', fill: 'M46 16h28l-7 9 7 9H46z' },
  mail: {
    line: 'M28 16h64v42H28zM28 18l32 24 32-24',
    accent: 'M82 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0',
    fill: 'M84 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0',
  },
  key: {
    line: 'M44 50a14 14 0 1 0 0-28 14 14 0 0 0 0 28zM58 36h42M84 36v10M94 36v8',
    accent: 'M44 40a4 4 0 1 0 0-8 4 4 0 0 0 0 8',
    fill: 'M44 38a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  },
  search: {
    line: 'M56 50a19 19 0 1 0 0-38 19 19 0 0 0 0 38zM70 45l18 17',
    accent: 'M48 31h16',
    fill: 'M56 42a11 11 0 1 0 0-22 11 11 0 0 0 0 22z',
  },
  calm: {
    line: 'M60 62a25 25 0 1 0 0-50 25 25 0 0 0 0 50z',
    accent: 'M48 38l8 8 16-18',
    fill: 'M60 56a19 19 0 1 0 0-38 19 19 0 0 0 0 38z',
  },
} as const;

export type PictureName = keyof typeof pictures;

/** A picture for an `EmptyState`. Decoration: hidden from screen readers. */
export function EmptyPicture({ name }: { name: PictureName }) {
  const { line, accent, fill } = pictures[name];
  return (
    <svg
      className="gw-picture"
      width="120"
      height="72"
      viewBox="0 0 120 72"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path className="gw-picture-fill" d={fill} />
      <path d={line} />
      <path className="gw-picture-accent" d={accent} />
    </svg>
  );
}
