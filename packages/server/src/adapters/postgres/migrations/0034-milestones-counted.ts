/**
 * Who has reached a milestone was a row of its own beside the instant in the subject's document, and most of what an
 * event of somebody new wrote. How many have is a counter now; the documents say who.
 */
export const milestonesCounted = `
delete from "standings" where "slice" = 'milestones';
insert into "counters" ("workspace", "environment", "name", "value")
  select "workspace", "environment", 'reached:' || "milestone", count(*)
  from (
    select "workspace", "environment", json_object_keys("doc" -> 'milestones') as "milestone" from "people"
    union all
    select "workspace", "environment", json_object_keys("doc" -> 'milestones') from "accounts"
  ) as "reached"
  group by 1, 2, 3;
`;
