import { Button, Popover, Tooltip } from "antd";

import { SendByDocument } from "@/incidents/SendByDocument";
import { JoinedSend } from "@/signing/JoinedSend";

import { ActionDialog } from "./ActionDialog";
import { wordsOf } from "./actionWords";
import type { Report, ReportAction } from "./api";

/** Lacking a right is no news to the one who lacks it: such acts are listed aside, with who may do them. */
const OTHERS = "submission.report.right_not_held";

/** Acts of this report: those one may do, those one may not with the reason, and those of other people. */
export function ActionsBar({ report, chosen, onChoose }: { report: Report; chosen: string | null; onChoose: (action: string | null) => void }) {
  // Where the regime knows no nil report, a button that never works would only raise a question.
  const hidden = report.nil_allowed ? ["enter"] : ["enter", "submit_nil"];
  const entersFirst = report.actions.some((action) => action.action === "enter" && action.allowed) && !report.actions.some((action) => action.action === "submit");
  const shown = report.actions.filter((action) => !action.in_signing && !hidden.includes(action.action)).sort((a, b) => rank(a) - rank(b));
  const mine = shown.filter((action) => action.why_not?.code !== OTHERS);
  const others = shown.filter((action) => action.why_not?.code === OTHERS);
  if (shown.length === 0 && !entersFirst) return null;
  return (
    <div className="actions no-print" role="toolbar" aria-label="Xử lý báo cáo">
      <JoinedSend report={report} />
      {entersFirst && <span className="muted">{report.state === "returned" ? "Sửa số liệu trước, rồi trình lãnh đạo tại đây." : "Nhập số liệu trước, rồi trình lãnh đạo tại đây."}</span>}
      {mine.map((action) => (
        <ActionButton key={action.action} action={action} onChoose={() => onChoose(action.action)} />
      ))}
      <SendByDocument report={report} />
      {others.length > 0 && <OthersActs actions={others} />}
      {chosen && <ActionDialog report={report} action={chosen} onClose={() => onChoose(null)} />}
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

function OthersActs({ actions }: { actions: ReportAction[] }) {
  return (
    <Popover
      trigger={["click"]}
      title="Việc của người khác ở bước này"
      content={
        <ul className="others-acts">
          {actions.map((action) => (
            <li key={action.action}>
              <b>{wordsOf(action.action).label}</b>: {why(action)}
            </li>
          ))}
        </ul>
      }
    >
      <Button type="link">Việc của người khác ({actions.length})</Button>
    </Popover>
  );
}

function why({ why_not: reason }: ReportAction): string {
  return [reason?.message, reason?.rule && `Căn cứ: ${reason.rule}.`, reason?.remedy].filter(Boolean).join(" ");
}

function rank(action: ReportAction): number {
  const words = wordsOf(action.action);
  return (action.allowed ? 0 : 10) + (words.forward ? 0 : words.danger ? 2 : 1);
}
