import { ProblemView } from "@/shared/ProblemView";
import type { Report } from "@/reports/api";

import { useDifference, type Compared } from "./api";
import { DifferenceView } from "./DifferenceView";
import { summary } from "./words";

const DECIDES = new Set(["pass_check", "approve_figures", "approve", "accept"]);

/** What was corrected since the report came back, shown to whoever is about to say yes to it. */
export function BeforeDeciding({ report, action }: { report: Report; action: string }) {
  const asked = report.revision > 1 && DECIDES.has(action);
  const difference = useDifference(report, undefined, asked);
  // Nothing was sent before: to this reader it is the first.
  if (!asked || (difference.isError && isFirst(difference.error))) return null;
  if (difference.isError) return <ProblemView error={difference.error} onRetry={() => void difference.refetch()} compact />;
  if (!difference.data) return <p className="muted">Đang so với lần trình trước…</p>;
  const compared = difference.data;
  return (
    <section className="before-deciding" aria-label="Đã sửa gì so với lần trình trước">
      <p>
        So với lần trình {compared.before}: <b>{summary(compared)}</b>.
      </p>
      <DifferenceView compared={enteredFirst(compared)} />
    </section>
  );
}

/** What people changed before what followed from it: there is little room here. */
const enteredFirst = (compared: Compared): Compared => ({
  ...compared,
  forms: compared.forms.map((form) => ({ ...form, cells: [...form.cells].sort((a, b) => Number(a.computed) - Number(b.computed)) })),
});

const isFirst = (error: unknown): boolean => (error as { body?: { code?: string } }).body?.code === "submission.difference.single";
