import { Empty, Segmented, Spin } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";

import type { TaskItem } from "@/api/types";
import { nearness } from "@/shared/dates";
import { DueMark } from "@/shared/DueMark";
import { PageTitle } from "@/shared/PageTitle";

import { useTasks } from "./api";
import { SilentServices } from "./SilentServices";

type Filter = "all" | "overdue" | "near";

export function TasksPage() {
  const tasks = useTasks();
  const [filter, setFilter] = useState<Filter>("all");
  const sorted = useMemo(() => [...tasks.items].sort(byDeadline), [tasks.items]);
  const overdue = sorted.filter(isOverdue);
  const near = sorted.filter((task) => !isOverdue(task) && ["today", "soon"].includes(nearness(task.due_at)));
  const shown = filter === "overdue" ? overdue : filter === "near" ? near : sorted;

  return (
    <>
      <PageTitle
        title="Công việc của tôi"
        extra={
          <Segmented<Filter>
            value={filter}
            onChange={setFilter}
            options={[
              { value: "all", label: `Tất cả (${sorted.length})` },
              { value: "overdue", label: `Quá hạn (${overdue.length})` },
              { value: "near", label: `Sắp đến hạn (${near.length})` },
            ]}
          />
        }
      />
      <SilentServices silent={tasks.silent} retry={tasks.retry} />
      {shown.length > 0 && <TaskTable tasks={shown} />}
      {/* Below the list: nothing that one is about to click moves when the last answer comes. */}
      {tasks.waiting.length > 0 && (
        <div className="waiting" role="status">
          <Spin size="small" /> <span>Đang hỏi các phần của hệ thống…</span>
        </div>
      )}
      {shown.length === 0 && tasks.waiting.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={
            filter !== "all"
              ? "Không có việc nào thuộc nhóm này."
              : tasks.silent.length > 0
                ? "Các phần đã trả lời không có việc nào chờ bạn."
                : "Hiện không có việc nào chờ bạn. Việc mới sẽ hiện ở đây ngay khi được giao."
          }
        />
      )}
    </>
  );
}

function TaskTable({ tasks }: { tasks: TaskItem[] }) {
  return (
    <table className="plain-table tasks">
      <caption className="visually-hidden">Việc chờ tôi, theo thời hạn</caption>
      <thead>
        <tr>
          <th scope="col">Việc cần làm</th>
          <th scope="col">Đơn vị</th>
          <th scope="col">Kỳ</th>
          <th scope="col">Thời hạn</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.id} className={isOverdue(task) ? "overdue" : ""}>
            <td>
              {task.link ? <Link to={task.link}>{task.title}</Link> : task.title}
              {task.detail && <div className="task-detail">{detailOf(task)}</div>}
            </td>
            <td className="nowrap">{task.unit}</td>
            <td className="nowrap">{task.period ?? ""}</td>
            <td className="nowrap">{task.due_at ? <DueMark dueAt={task.due_at} /> : <span className="muted">Không có hạn</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The period has a column of its own. */
function detailOf({ detail, period }: TaskItem): string {
  const tail = period ? ` — ${period}` : "";
  return tail && detail?.endsWith(tail) ? detail.slice(0, -tail.length) : (detail ?? "");
}

function isOverdue(task: TaskItem): boolean {
  return task.overdue === true || nearness(task.due_at) === "overdue";
}

/** The nearest deadline first; what has none comes last. */
function byDeadline(a: TaskItem, b: TaskItem): number {
  const [left, right] = [a.due_at ?? "9999", b.due_at ?? "9999"];
  return left < right ? -1 : left > right ? 1 : a.title.localeCompare(b.title, "vi");
}
