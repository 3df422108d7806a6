import { Button, Input, Segmented, Tag } from "antd";
import { useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { holds, useMe } from "@/api/me";
import { useAggregate } from "@/aggregation/api";
import { deadline, moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { compareVietnamese } from "@/shared/order";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";
import { sentence, stateWords } from "@/shared/states";
import { fold } from "@/shared/text";

import { useProgress, type ProgressRow } from "./api";
import { progressCsv, punctuality, saveText, SENT } from "./csv";
import { RegimePeriod, type Choice } from "./RegimePeriod";

type Group = "all" | "missing" | "overdue" | "deciding" | "accepted";
const PAGE = 50;

const GROUPS: Record<Group, { label: string; holds: (row: ProgressRow) => boolean }> = {
  all: { label: "Tất cả", holds: () => true },
  missing: { label: "Chưa gửi", holds: (row) => !SENT.has(row.state) },
  overdue: { label: "Quá hạn", holds: (row) => row.overdue },
  deciding: { label: "Chờ cơ quan chủ trì", holds: (row) => row.state === "sent" },
  accepted: { label: "Đã duyệt", holds: (row) => row.state === "accepted" },
};

export function ProgressPage() {
  const [params, setParams] = useSearchParams();
  const choice: Choice = { regime: params.get("che-do") ?? undefined, period: params.get("ky") ?? undefined };
  const choose = useMemo(
    () => (next: Choice) => setParams({ ...(next.regime && { "che-do": next.regime }), ...(next.period && { ky: next.period }) }, { replace: true }),
    [setParams],
  );
  const progress = useProgress(choice.regime, choice.period);
  return (
    <>
      <PageTitle title="Tiến độ báo cáo" extra={progress.data && progress.data.total > 0 && <Aggregate choice={choice} made={progress.data.aggregation_id} />} />
      <div className="filters">
        <RegimePeriod choice={choice} onChange={choose} />
      </div>
      {choice.regime && choice.period ? (
        <Loaded query={progress} empty={{ when: (data) => data.items.length === 0, words: "Kỳ này chưa giao báo cáo cho đơn vị nào trong phạm vi của bạn." }}>
          {(data) => (
            <>
              <p className="totals">
                {data.total} đơn vị được giao: {data.sent} đã gửi ({data.late} gửi chậm), {data.accepted} đã được duyệt, {data.overdue} quá hạn chưa gửi.
              </p>
              <ProgressTable rows={data.items} name={`tien-do-${choice.period}`} />
            </>
          )}
        </Loaded>
      ) : (
        <p className="muted">Chọn chế độ báo cáo và kỳ để xem tiến độ.</p>
      )}
    </>
  );
}

function Aggregate({ choice, made }: { choice: Choice; made: string | null }) {
  const me = useMe().data;
  const navigate = useNavigate();
  const aggregate = useAggregate();
  if (!holds(me, "aggregate") || !choice.regime || !choice.period) return null;
  const { regime, period } = choice;
  return (
    <>
      {made && <Button onClick={() => void navigate(`/tong-hop/${made}`)}>Xem bản tổng hợp</Button>}
      <Button type="primary" loading={aggregate.isPending} onClick={() => aggregate.mutate({ regime_id: regime, period }, { onSuccess: ({ id }) => void navigate(`/tong-hop/${id}`) })}>
        {made ? "Tổng hợp lại" : "Tổng hợp kỳ này"}
      </Button>
      {aggregate.isError && <ProblemView error={aggregate.error} />}
    </>
  );
}

function ProgressTable({ rows, name }: { rows: ProgressRow[]; name: string }) {
  const [group, setGroup] = useState<Group>("all");
  const [q, setQ] = useState("");
  const [page, setPage] = useState(0);
  const shown = useMemo(() => {
    const wanted = fold(q);
    return rows
      .filter((row) => GROUPS[group].holds(row) && fold(`${row.unit.name} ${row.unit.code ?? ""}`).includes(wanted))
      .sort((a, b) => compareVietnamese(a.unit.name, b.unit.name));
  }, [rows, group, q]);
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const at = Math.min(page, pages - 1);
  return (
    <>
      <div className="filters no-print">
        <Segmented<Group>
          value={group}
          onChange={setGroup}
          options={(Object.keys(GROUPS) as Group[]).map((value) => ({ value, label: `${GROUPS[value].label} (${rows.filter(GROUPS[value].holds).length})` }))}
        />
        <Input allowClear className="filter-text" aria-label="Lọc theo tên đơn vị" placeholder="Lọc theo tên đơn vị" value={q} onChange={(event) => setQ(event.target.value)} />
        <Button onClick={() => saveText(`${name}.csv`, progressCsv(shown))}>Tải .csv</Button>
        <Button onClick={() => window.print()}>In</Button>
      </div>
      <table className="plain-table">
        <caption className="visually-hidden">Tiến độ từng đơn vị</caption>
        <thead>
          <tr>
            <th scope="col">Đơn vị</th>
            <th scope="col">Trạng thái</th>
            <th scope="col">Đang chờ ai</th>
            <th scope="col">Hạn gửi</th>
            <th scope="col">Đúng hạn</th>
            <th scope="col">Gửi lúc</th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(at * PAGE, (at + 1) * PAGE).map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="muted">Không có đơn vị nào thuộc nhóm này.</p>}
      {pages > 1 && (
        <div className="pager no-print">
          <Button disabled={at === 0} onClick={() => setPage(at - 1)}>
            Trang trước
          </Button>
          <span>
            Trang {at + 1}/{pages}
          </span>
          <Button disabled={at >= pages - 1} onClick={() => setPage(at + 1)}>
            Trang sau
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ row }: { row: ProgressRow }) {
  const words = stateWords(row.state);
  return (
    <tr className={row.overdue ? "overdue" : ""}>
      <td>
        <Link to={`/bao-cao/${row.id}`}>{row.unit.name}</Link>
      </td>
      <td className="nowrap">
        <Tag color={words.colour}>{sentence(row.state_name)}</Tag>
      </td>
      <td>{row.turn}</td>
      <td className="nowrap">{deadline(row.deadline.due_at)}</td>
      <td className="nowrap">{punctuality(row)}</td>
      <td className="nowrap">{moment(row.sent_at)}</td>
    </tr>
  );
}

