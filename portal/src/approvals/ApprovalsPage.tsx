import { useQueries } from "@tanstack/react-query";
import { Button, Empty, Tag } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";

import { call } from "@/api/http";
import { ActionDialog } from "@/reports/ActionDialog";
import { wordsOf } from "@/reports/actionWords";
import { reportKey, type Report } from "@/reports/api";
import { DueMark } from "@/shared/DueMark";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";
import { sentence, stateWords } from "@/shared/states";
import { JoinedSend } from "@/signing/JoinedSend";
import { joinedLabel } from "@/signing/joined";

import { useQueue } from "./api";

/** What waits for a leader's word or signature, the nearest deadline first; each can be opened or acted on here. */
export function ApprovalsPage() {
  const queue = useQueue();
  return (
    <>
      <PageTitle title="Chờ duyệt, ký" />
      <Loaded query={queue}>{(ids) => <Queue ids={ids} />}</Loaded>
    </>
  );
}

function Queue({ ids }: { ids: string[] }) {
  const { reports, errors } = useQueries({
    queries: ids.map((id) => ({ queryKey: reportKey(id), queryFn: () => call<Report>("submission", `/reports/${id}`) })),
    combine: (results) => ({
      reports: results.flatMap((result) => (result.data ? [result.data] : [])),
      errors: results.flatMap((result) => (result.error ? [result.error] : [])),
    }),
  });
  const sorted = useMemo(
    () => [...reports].sort((a, b) => ((a.deadline?.due_at ?? "9") < (b.deadline?.due_at ?? "9") ? -1 : 1)),
    [reports],
  );
  if (ids.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="Không có báo cáo nào chờ bạn duyệt, ký hoặc gửi." />;
  }
  return (
    <>
      {errors[0] !== undefined && <ProblemView error={errors[0]} />}
      <table className="plain-table">
        <caption className="visually-hidden">Báo cáo chờ duyệt, ký, gửi</caption>
        <thead>
          <tr>
            <th scope="col">Báo cáo</th>
            <th scope="col">Trạng thái</th>
            <th scope="col">Kiểm tra</th>
            <th scope="col">Hạn gửi</th>
            <th scope="col">Xử lý</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((report) => (
            <QueueRow key={report.id} report={report} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function QueueRow({ report }: { report: Report }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const errors = report.filings.reduce((sum, filing) => sum + filing.errors, 0);
  const warnings = report.filings.reduce((sum, filing) => sum + filing.warnings, 0);
  const signs = report.actions.some((item) => item.allowed && item.in_signing);
  const joined = joinedLabel(report) !== null;
  return (
    <tr>
      <td>
        <Link to={`/bao-cao/${report.id}`}>
          {report.regime.name}, {report.period.label}
        </Link>
        <div className="muted">{report.unit.name}</div>
      </td>
      <td className="nowrap">
        <Tag color={stateWords(report.state).colour}>{sentence(report.state_name)}</Tag>
      </td>
      <td>{errors + warnings === 0 ? "Không có lỗi" : `${errors} lỗi, ${warnings} cảnh báo`}</td>
      <td className="nowrap">
        <DueMark dueAt={report.deadline?.due_at} />
      </td>
      <td>
        <div className="row-actions">
          <JoinedSend report={report} />
          {report.actions
            .filter((item) => item.allowed && !item.in_signing && item.action !== "enter" && !(joined && item.action.startsWith("approve")))
            .map((item) => (
              <Button key={item.action} type={wordsOf(item.action).forward ? "primary" : "default"} danger={wordsOf(item.action).danger ?? false} onClick={() => setChosen(item.action)}>
                {wordsOf(item.action).label}
              </Button>
            ))}
          {signs && !joined && (
            <Link to={`/bao-cao/${report.id}?muc=ky-so`}>
              <Button type="primary">Ký số…</Button>
            </Link>
          )}
        </div>
        {chosen && <ActionDialog report={report} action={chosen} onClose={() => setChosen(null)} />}
      </td>
    </tr>
  );
}
