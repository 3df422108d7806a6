import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { settledWords } from "@/returns/ReturnNotice";
import { useHistory, type Act } from "@/returns/history";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { MovedForms } from "@/versions/MovedForms";
import { sentence, stateWords } from "@/shared/states";

import type { Report } from "./api";

export function HistoryTab({ report }: { report: Report }) {
  const history = useHistory(report);
  return (
    <Loaded query={history} empty={{ when: (data) => data.items.length === 0, words: "Chưa có việc nào được ghi lại." }}>
      {(data) => (
        <>
          <div className="filing-tools no-print">
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              In lịch sử
            </Button>
            {report.first_sent_at && <Link to={`/bao-cao/${report.id}/bien-nhan`}>Biên nhận gửi báo cáo</Link>}
          </div>
          <table className="plain-table">
            <caption className="visually-hidden">Lịch sử xử lý báo cáo</caption>
            <thead>
              <tr>
                <th scope="col">Thời điểm</th>
                <th scope="col">Người thực hiện</th>
                <th scope="col">Việc</th>
                <th scope="col">Trạng thái sau đó</th>
                <th scope="col">Lần trình</th>
                <th scope="col">Lý do, ý kiến</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((act) => (
                <ActRow key={act.sequence} report={report} act={act} />
              ))}
            </tbody>
          </table>
          <MovedForms report={report} />
        </>
      )}
    </Loaded>
  );
}

function ActRow({ report, act }: { report: Report; act: Act }) {
  return (
    <tr>
      <td className="nowrap">{moment(act.at)}</td>
      <td>{act.who_name}</td>
      <td>
        {sentence(act.name)}
        {act.action === "send" && (
          <div className="no-print">
            <Link to={`/bao-cao/${report.id}/bien-nhan?lan-trinh=${act.revision}`}>Xem biên nhận</Link>
          </div>
        )}
      </td>
      <td>{stateWords(act.to_state).label}</td>
      <td>{act.revision}</td>
      <td>
        {[act.reason, act.comment].filter(Boolean).join(" · ")}
        {act.places.length > 0 && (
          <ol className="places">
            {act.places.map((place, index) => (
              <li key={index}>
                <b>{place.words}</b>: {place.note}
                {act.to_state === "returned" && <div className="muted">{settledWords(place)}</div>}
              </li>
            ))}
          </ol>
        )}
      </td>
    </tr>
  );
}
