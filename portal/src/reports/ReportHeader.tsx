import { Button, Popover, Tag } from "antd";
import { Link } from "react-router";

import { deadline as deadlineWords, moment } from "@/shared/dates";
import { DueMark } from "@/shared/DueMark";
import { sentence, stateWords } from "@/shared/states";
import type { Deadline } from "@/api/types";

import type { Report } from "./api";

const SENT = new Set(["sent", "accepted"]);

export function ReportHeader({ report }: { report: Report }) {
  const state = stateWords(report.state);
  return (
    <div className="report-head">
      <span>
        <b>{report.unit.name}</b>
      </span>
      <span>
        Trạng thái: <Tag color={state.colour}>{sentence(report.state_name)}</Tag>
        {report.late && <Tag color="red">Gửi chậm</Tag>}
      </span>
      {report.deadline && (
        <span>
          Hạn gửi: <DueMark dueAt={report.deadline.due_at} done={SENT.has(report.state)} /> <DeadlineReason deadline={report.deadline} />
        </span>
      )}
      {report.turn && (
        <span>
          Đang chờ: <b>{report.turn}</b>
          {report.state === "in_review" && report.submitted_to ? ` (${report.submitted_to.name})` : ""}
        </span>
      )}
      <span>Lần trình: {report.revision}</span>
      <span>Nơi nhận: {report.lead_unit.name}</span>
      {report.number && <span>Số: {report.number}</span>}
      {report.sent_at && <span>Gửi lúc {moment(report.sent_at)}</span>}
      {report.first_sent_at && (
        <Link className="no-print" to={`/bao-cao/${report.id}/bien-nhan`}>
          Biên nhận
        </Link>
      )}
      {report.taken_in_at && <span>Tiếp nhận lúc {moment(report.taken_in_at)}</span>}
    </div>
  );
}

/** How the day was found: the rule, its article, each step. */
export function DeadlineReason({ deadline }: { deadline: Deadline }) {
  return (
    <Popover
      trigger={["click"]}
      title={`Hạn gửi: ${deadlineWords(deadline.due_at)}`}
      content={
        <div className="deadline-why">
          {deadline.rule && <div>Quy định: {deadline.rule}</div>}
          {deadline.article && <div>Căn cứ: {deadline.article}</div>}
          {(deadline.steps ?? []).length > 0 && (
            <ol>
              {deadline.steps?.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          )}
          {deadline.calendar_version && <div className="muted">Lịch làm việc: {deadline.calendar_version}</div>}
        </div>
      }
    >
      <Button type="link" size="small" className="no-print">
        Vì sao?
      </Button>
    </Popover>
  );
}
