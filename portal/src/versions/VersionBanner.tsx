import { Alert, Button } from "antd";
import { useState } from "react";

import type { Report } from "@/reports/api";

import { useFormMoves, type FormMove } from "./api";
import { MoveDialog } from "./MoveDialog";

interface Props {
  report: Report;
  accountId: string;
  onMoved: () => void;
}

/** Before submitting: the states in which a report lies with who enters it. */
const WITH_ITS_UNIT = new Set(["assigned", "drafting", "returned"]);

/** While the regime names a newer version of a form than the report has; nothing moves by itself. */
export function VersionBanner({ report, accountId, onMoved }: Props) {
  const moves = useFormMoves(report).data;
  const [open, setOpen] = useState(false);
  if (!moves || moves.waiting.length === 0 || !WITH_ITS_UNIT.has(report.state)) return null;
  return (
    <>
      <Alert
        type="info"
        showIcon
        className="no-print return-notice"
        title="Biểu mẫu có phiên bản mới"
        description={
          <>
            {moves.waiting.map(newerWords).join(" ")} Báo cáo này giữ phiên bản cũ đến khi người nhập xem trước và đồng ý chuyển.
            {moves.why_not && <div className="muted">{moves.why_not.message}</div>}
          </>
        }
        action={
          moves.movable && (
            <Button type="primary" onClick={() => setOpen(true)}>
              Xem trước khi chuyển
            </Button>
          )
        }
      />
      {open && <MoveDialog report={report} accountId={accountId} onMoved={onMoved} onClose={() => setOpen(false)} />}
    </>
  );
}

function newerWords({ form_name, from_number, to_number }: FormMove): string {
  return `Chế độ báo cáo đã dùng phiên bản ${to_number} của biểu “${form_name}”, báo cáo này đang theo phiên bản ${from_number}.`;
}
