import type { Report } from "@/reports/api";

import type { Act } from "./history";

/** While the unit mends it, and while its own people look at what was mended. */
const ANSWERING = new Set(["returned", "drafting"]);
const LOOKED_AT = new Set(["in_check", "in_review", "figures_approved"]);
/** Where the lead agency returns from: only then the lead agency's page tells of it. */
const LEAD_AGENCY = new Set(["sent", "accepted"]);

/** Whether the newest return is still to be answered, answered and to be looked at, or the past. */
export function noticeOf(report: Pick<Report, "state" | "revision">, act: Act | null): "answering" | "answered" | null {
  if (!act) return null;
  if (ANSWERING.has(report.state)) return "answering";
  if (act.revision >= report.revision) return null;
  const lookedAt = LOOKED_AT.has(report.state) || (report.state === "sent" && LEAD_AGENCY.has(act.from_state));
  return lookedAt ? "answered" : null;
}
