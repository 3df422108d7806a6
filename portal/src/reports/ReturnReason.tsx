import { Alert } from "antd";

import { moment } from "@/shared/dates";
import { sentence } from "@/shared/states";

import type { Report } from "./api";
import { useHistory } from "./HistoryTab";

/** Why the report came back, said where the clerk begins to mend it. */
export function ReturnReason({ report }: { report: Report }) {
  const back = report.state === "returned" || (report.state === "drafting" && report.revision > 1);
  const history = useHistory(report, back);
  if (!back) return null;
  const act = [...(history.data?.items ?? [])].reverse().find((item) => item.to_state === "returned");
  if (!act) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="no-print"
      title={`${sentence(act.name)}: ${act.reason || "không ghi lý do"}`}
      description={
        <>
          {act.who_name}, {moment(act.at)}
          {report.correction_due_at && `. Hạn sửa và gửi lại: ${moment(report.correction_due_at)}`}
          {act.places.some((place) => place.note) && (
            <ul>
              {act.places.map((place, index) => (
                <li key={index}>{[place.row, place.column, place.note].filter(Boolean).join(" · ")}</li>
              ))}
            </ul>
          )}
        </>
      }
    />
  );
}
