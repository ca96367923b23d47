/** The tenant: one environment of one workspace. Everything that is stored belongs to exactly one. */
export interface Scope {
  readonly workspace: string;
  readonly environment: string;
}

/** `workspace/environment`, for maps and logs. Both ids are made by the application and never hold a slash. */
export function scopeKey(scope: Scope): string {
  return `${scope.workspace}/${scope.environment}`;
}
