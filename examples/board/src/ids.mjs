import { randomBytes } from 'node:crypto';

/** A new id such as `board_3f9a1c07b2de`. @param {string} kind */
export const newId = (kind) => `${kind}_${randomBytes(6).toString('hex')}`;

/** A name as it stands in an address: `Ada & Sons` → `ada-sons`. Names without Latin letters or digits give `company`. @param {string} name */
export function slug(name) {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'company'
  );
}
