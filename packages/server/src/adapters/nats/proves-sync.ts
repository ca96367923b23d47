/**
 * Whether a server says that it syncs every message before it acknowledges (`sync_interval: always`, NATS 2.10 and
 * later). Asks its monitoring address, `http://host:8222`; anything but a clear yes is a no.
 */
export async function provesSync(monitoring: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/jsz?config=1', monitoring), { signal: AbortSignal.timeout(5000) });
    const { config } = (await answer.json()) as { config?: { sync_always?: unknown } };
    return config?.sync_always === true;
  } catch {
    return false;
  }
}
