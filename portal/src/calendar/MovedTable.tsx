import { day, deadline } from "@/shared/dates";

import type { MovedDeadline } from "./api";

/** Open deadlines that saving would move; said as well when there are none. */
export function MovedTable({ moved }: { moved: MovedDeadline[] }) {
  if (moved.length === 0) {
    return <p role="status">Không có thời hạn nào chưa qua bị dời bởi thay đổi này.</p>;
  }
  return (
    <table className="plain-table">
      <caption>{moved.length} thời hạn chưa qua sẽ dời; những người liên quan được thông báo khi lưu</caption>
      <thead>
        <tr>
          <th scope="col">Chế độ báo cáo</th>
          <th scope="col">Kỳ</th>
          <th scope="col">Đang là</th>
          <th scope="col">Sẽ là</th>
          <th scope="col">Vì</th>
        </tr>
      </thead>
      <tbody>
        {moved.map((one) => (
          <tr key={`${one.regime_id}/${one.period_key}/${one.level}`}>
            <td>
              {one.regime_code} – {one.regime_name}
            </td>
            <td>{one.period_label}</td>
            <td className="nowrap">{day(one.last_day_before)}</td>
            <td className="nowrap">
              <b>{deadline(one.due_at)}</b>
            </td>
            <td>{one.steps.find((step) => step.includes("→")) ?? one.steps.at(-1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
