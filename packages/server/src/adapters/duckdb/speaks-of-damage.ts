/** Whether an error of DuckDB says that a block's checksum is wrong, or that it cannot be read as what it should be. */
export function speaksOfDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /^(IO|FATAL|INTERNAL|Serialization) Error/i.test(error.message) && /corrupt|checksum|deserializ/i.test(error.message);
}
