/**
 * The last edit of each report that was shown on this page. Submitting names it: if others have edited since,
 * the service refuses and lists what they changed.
 */
const seen = new Map<string, number>();

export function noteSeen(reportId: string, lastEdit: number): void {
  seen.set(reportId, Math.max(seen.get(reportId) ?? 0, lastEdit));
}

export function lastSeen(reportId: string): number | undefined {
  return seen.get(reportId);
}
