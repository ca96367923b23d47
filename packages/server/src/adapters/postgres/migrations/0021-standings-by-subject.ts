/**
 * A newcomer reaches many milestones at once: with the subject first, its standings are neighbours and one index
 * serves both questions, of a subject and of all. Old ids are found by where they lie, not by an index that every
 * event has to enter.
 */
export const standingsBySubject = `
alter table "standings" drop constraint "standings_pkey";
drop index "standings_subject_environment_workspace_idx";
alter table "standings" add primary key ("workspace", "environment", "subject", "slice", "definition");
drop index "seen_entries_at_idx";
create index on "seen_entries" using brin ("at") with (autosummarize = on);
`;
