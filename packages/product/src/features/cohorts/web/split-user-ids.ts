/** User ids as somebody pastes them: one a line, or with commas, semicolons or tabs between; each once, in their order. */
export function splitUserIds(text: string): string[] {
  const ids = text.split(/[\r\n,;\t]+/).map((id) => id.trim());
  return [...new Set(ids.filter((id) => id !== ''))];
}
