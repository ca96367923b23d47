/** Something that keeps a draft from being saved, and where: the path of the field in the body. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The first complaint about exactly this field, or undefined. */
export function issueAt(issues: readonly Issue[], path: Issue['path']): string | undefined {
  const key = path.join('.');
  return issues.find((issue) => issue.path.join('.') === key)?.message;
}

/** True when anything at or below this path is complained about. */
export function hasIssueBelow(issues: readonly Issue[], path: Issue['path']): boolean {
  const key = path.join('.');
  return issues.some((issue) => issue.path.join('.') === key || issue.path.join('.').startsWith(`${key}.`));
}
