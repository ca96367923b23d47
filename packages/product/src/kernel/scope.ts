/** The tenant: one environment of one workspace. Everything that is stored belongs to exactly one. */
export interface Scope {
  readonly workspace: string;
  readonly environment: string;
}

/** `workspace/environment`, for maps and logs. Both ids are made by the application and never hold a slash. */
export function scopeKey(scope: Scope): string {
  return `${scope.workspace}/${scope.environment}`;
}

/** Each environment that the rows speak of, once. */
export function distinctScopes(rows: readonly Scope[]): Scope[] {
  const scopes = new Map(rows.map(({ workspace, environment }) => [scopeKey({ workspace, environment }), { workspace, environment }]));
  return [...scopes.values()];
}
