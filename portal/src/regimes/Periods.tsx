import { App, Button } from "antd";
import { useMemo } from "react";
import { Link } from "react-router";

import { periodSpan, usePeriods } from "@/progress/api";
import { DeadlineReason } from "@/reports/ReportHeader";
import { day, deadline as deadlineWords, moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { useOpenPeriod, type Regime } from "./api";

/** The regime's periods with their deadlines, each with its rule; a period can be opened by hand. */
export function Periods({ regime, mayOpen }: { regime: Regime; mayOpen: boolean }) {
  const { message } = App.useApp();
  const span = useMemo(() => periodSpan(), []);
  const periods = usePeriods(regime.id, span.from, span.to);
  const open = useOpenPeriod();
  return (
    <>
      <h2>Các kỳ báo cáo và thời hạn gửi</h2>
      {open.isError && <ProblemView error={open.error} />}
      <Loaded query={periods} empty={{ when: (data) => data.length === 0, words: "Không có kỳ nào trong khoảng này." }}>
        {(data) => (
          <table className="plain-table">
            <caption className="visually-hidden">Các kỳ báo cáo</caption>
            <thead>
              <tr>
                <th scope="col">Kỳ</th>
                <th scope="col">Chốt số liệu</th>
                <th scope="col">Hạn gửi</th>
                <th scope="col">Tự mở lúc</th>
                <th scope="col">Xử lý</th>
              </tr>
            </thead>
            <tbody>
              {[...data]
                .sort((a, b) => (a.first_day < b.first_day ? 1 : -1))
                .map((period) => (
                  <tr key={period.key}>
                    <td>{period.label}</td>
                    <td className="nowrap">
                      {day(period.cut_off.from)} – {day(period.cut_off.to)}
                    </td>
                    <td>
                      {period.deadlines.map((deadline) => (
                        <div key={deadline.level ?? ""}>
                          {deadlineWords(deadline.due_at)} <DeadlineReason deadline={deadline} />
                        </div>
                      ))}
                    </td>
                    <td className="nowrap">{regime.opens_itself ? moment(period.opens_at) : "Mở bằng tay"}</td>
                    <td>
                      <div className="row-actions">
                        {mayOpen && (
                          <Button
                            size="small"
                            loading={open.isPending && open.variables.period_key === period.key}
                            onClick={() =>
                              open.mutate(
                                { regime_id: regime.id, period_key: period.key },
                                { onSuccess: (done) => void message.success(`${done.period_label}: giao cho ${done.assigned} đơn vị${done.already > 0 ? `, ${done.already} đơn vị đã có từ trước` : ""}.`) },
                              )
                            }
                          >
                            Mở kỳ, giao báo cáo
                          </Button>
                        )}
                        <Link to={`/tien-do?che-do=${regime.id}&ky=${period.key}`}>Tiến độ</Link>
                      </div>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </>
  );
}
