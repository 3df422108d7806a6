import { Alert } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";

import { useProgress } from "@/progress/api";
import { RegimePeriod, type Choice } from "@/progress/RegimePeriod";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

/** Finds the aggregate of a regime and period; where none is made yet, says where it is made. */
export function AggregationsPage() {
  const [choice, setChoice] = useState<Choice>({});
  const choose = useMemo(() => (next: Choice) => setChoice(next), []);
  const progress = useProgress(choice.regime, choice.period);
  return (
    <>
      <PageTitle title="Tổng hợp" />
      <div className="filters">
        <RegimePeriod choice={choice} onChange={choose} />
      </div>
      {choice.regime && choice.period && (
        <Loaded query={progress} empty={{ when: (data) => data.total === 0, words: "Kỳ này chưa giao báo cáo cho đơn vị nào trong phạm vi của bạn." }}>
          {(data) => (
            <>
              <p className="totals">
                {data.accepted}/{data.total} báo cáo của kỳ này đã được duyệt.
              </p>
              {data.aggregation_id ? (
                <Link to={`/tong-hop/${data.aggregation_id}`}>Mở bản tổng hợp của kỳ này</Link>
              ) : (
                <Alert
                  type="info"
                  showIcon
                  title="Kỳ này chưa được tổng hợp."
                  description={<Link to={`/tien-do?che-do=${choice.regime}&ky=${choice.period}`}>Lập bản tổng hợp ở trang Tiến độ</Link>}
                />
              )}
            </>
          )}
        </Loaded>
      )}
    </>
  );
}
