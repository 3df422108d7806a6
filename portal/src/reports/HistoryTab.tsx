import { useQuery } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { sentence, stateWords } from "@/shared/states";

import { reportKey, type Report } from "./api";

export interface Act {
  action: string;
  name: string;
  words: string;
  revision: number;
  from_state: string;
  to_state: string;
  who_name: string;
  at: string;
  reason: string;
  comment: string;
  places: { form_version_id: string | null; row: string; column: string; section_id: string; note: string }[];
}

export function useHistory(report: Report, enabled = true) {
  return useQuery({
    queryKey: [...reportKey(report.id), "history", report.version],
    queryFn: () => call<Page<Act>>("submission", `/reports/${report.id}/history`),
    enabled,
  });
}

export function HistoryTab({ report }: { report: Report }) {
  const history = useHistory(report);
  return (
    <Loaded query={history} empty={{ when: (data) => data.items.length === 0, words: "Chưa có việc nào được ghi lại." }}>
      {(data) => (
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
            {data.items.map((act, index) => (
              <tr key={index}>
                <td className="nowrap">{moment(act.at)}</td>
                <td>{act.who_name}</td>
                <td>{sentence(act.name)}</td>
                <td>{stateWords(act.to_state).label}</td>
                <td>{act.revision}</td>
                <td>{[act.reason, act.comment].filter(Boolean).join(" · ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Loaded>
  );
}
