/** One line of CSV (RFC 4180) with its end. Null is an empty field. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A text that starts like a formula would be run by a spreadsheet: an apostrophe keeps it a text.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Put before the first line, so that spreadsheets read the file as UTF-8. */
export const csvMark = '\ufeff';
