import type { GroupKey } from '../../property-groups.ts';

/** A group of a breakdown as it is called on screen. */
export function groupText(key: GroupKey): string {
  if (key.type === 'value') return key.value === '' ? '(empty)' : String(key.value);
  return { none: '(none)', other: 'Other', mixed: '(several)' }[key.type];
}
