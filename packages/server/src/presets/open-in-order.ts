/** How to close one thing that was opened. */
export type Close = () => Promise<unknown>;

/**
 * Runs `open`, which notes how to close each thing as it opens it, and adds `close` to what it gives. When `open`
 * rejects, what was opened by then is closed again and the same reason is told; `report` takes what fails in that.
 */
export async function openInOrder<Opened extends object>(
  open: (opened: Close[]) => Promise<Opened>,
  report: (error: unknown) => void,
): Promise<Opened & { close(): Promise<void> }> {
  const opened: Close[] = [];
  const close = () => closeInReverse(opened);
  try {
    return { ...(await open(opened)), close };
  } catch (error) {
    await close().catch(report);
    throw error;
  }
}

/**
 * Closes the last opened first and empties the list. One that fails keeps none of the others open; rejects with the
 * reason of the first that failed.
 */
async function closeInReverse(opened: Close[]): Promise<void> {
  const failed: unknown[] = [];
  for (const close of opened.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}
