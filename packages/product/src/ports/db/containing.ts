/** The pattern by which `like` and `ilike` find a text anywhere: its `%` and `_` are letters. For the usual escape, a backslash. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
