import { Tag } from "antd";
import { Link } from "react-router";
import type { ReactNode } from "react";

import { DueMark } from "@/shared/DueMark";
import { sentence, stateWords } from "@/shared/states";

import type { ReportSummary } from "./api";

interface Props {
  reports: ReportSummary[];
  caption: string;
  /** By deadline, where the list can be ordered: the next one first, or the last one. */
  order?: { soonest: boolean; onChange: (soonest: boolean) => void };
  /** A last column with what can be done in a row. */
  extra?: (report: ReportSummary) => ReactNode;
}

export function ReportTable({ reports, caption, order, extra }: Props) {
  return (
    <table className="plain-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Báo cáo</th>
          <th scope="col">Đơn vị</th>
          <th scope="col">Kỳ</th>
          <th scope="col">Trạng thái</th>
          <th scope="col" {...(order && { "aria-sort": order.soonest ? "ascending" : "descending" })}>
            {order ? (
              <button type="button" className="sort-head" onClick={() => order.onChange(!order.soonest)} title={order.soonest ? "Đang xếp hạn gần trước" : "Đang xếp hạn xa trước"}>
                Hạn gửi <span aria-hidden>{order.soonest ? "↑" : "↓"}</span>
              </button>
            ) : (
              "Hạn gửi"
            )}
          </th>
          {extra && <th scope="col">Xử lý</th>}
        </tr>
      </thead>
      <tbody>
        {reports.map((report) => (
          <tr key={report.id} className={report.overdue ? "overdue" : ""}>
            <td>
              <Link to={`/bao-cao/${report.id}`}>{report.regime.name}</Link>
            </td>
            <td>{report.unit.name}</td>
            <td className="nowrap">{report.period.label}</td>
            <td className="nowrap">
              <Tag color={stateWords(report.state).colour}>{sentence(report.state_name)}</Tag>
              {report.late && <Tag color="red">Gửi chậm</Tag>}
            </td>
            <td className="nowrap">
              <DueMark dueAt={report.deadline?.due_at} done={report.state === "sent" || report.state === "accepted"} />
            </td>
            {extra && <td>{extra(report)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
