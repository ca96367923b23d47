/** Whom a pass of a preparation looks at, and whom the next one has to. */
export const peopleLeft = `
alter table "preparations"
  add column "among" json,
  add column "left" json;
`;
