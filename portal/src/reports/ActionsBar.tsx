import { Button, Tooltip } from "antd";
import { useState } from "react";

import { JoinedSend } from "@/signing/JoinedSend";

import { ActionDialog } from "./ActionDialog";
import { wordsOf } from "./actionWords";
import type { Report, ReportAction } from "./api";

/** Acts of this report: those one may do, and those one may not with the reason why. */
export function ActionsBar({ report }: { report: Report }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = report.actions
    .filter((action) => !action.in_signing && action.action !== "enter" && (action.allowed || action.why_not))
    .sort((a, b) => rank(a) - rank(b));
  if (shown.length === 0) return null;
  return (
    <div className="actions no-print" role="toolbar" aria-label="Xử lý báo cáo">
      <JoinedSend report={report} />
      {shown.map((action) => (
        <ActionButton key={action.action} action={action} onChoose={() => setChosen(action.action)} />
      ))}
      {chosen && <ActionDialog report={report} action={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

function ActionButton({ action, onChoose }: { action: ReportAction; onChoose: () => void }) {
  const words = wordsOf(action.action);
  if (action.allowed) {
    return (
      <Button type={words.forward ? "primary" : "default"} danger={words.danger ?? false} onClick={onChoose}>
        {words.label}
      </Button>
    );
  }
  // Not `disabled`: a disabled button can't be reached by keyboard, and its reason would stay unread.
  return (
    <Tooltip title={why(action)} trigger={["hover", "focus"]}>
      <Button aria-disabled className="not-allowed" aria-label={`${words.label}: ${action.why_not?.message ?? "không thực hiện được"}`}>
        {words.label}
      </Button>
    </Tooltip>
  );
}

function why({ why_not: reason }: ReportAction): string {
  return [reason?.message, reason?.rule && `Căn cứ: ${reason.rule}.`, reason?.remedy].filter(Boolean).join(" ");
}

function rank(action: ReportAction): number {
  const words = wordsOf(action.action);
  return (action.allowed ? 0 : 10) + (words.forward ? 0 : words.danger ? 2 : 1);
}
