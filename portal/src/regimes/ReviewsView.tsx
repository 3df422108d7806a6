import { Button, Input, Select, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { OUTCOMES, useReview, useReviews, type Outcome, type ReviewDue } from "./oversight";

export function ReviewsView() {
  const reviews = useReviews();
  return (
    <Loaded query={reviews} empty={{ when: (data) => data.items.length === 0, words: "Chưa có chế độ báo cáo nào đang áp dụng." }}>
      {(data) => (
        <>
          <p className="muted">
            Mỗi chế độ đang áp dụng được rà soát ít nhất một lần trong {data.months} tháng (theo {data.rule}). Quá hạn: {data.items.filter((item) => item.overdue).length}.
          </p>
          <table className="plain-table">
            <caption className="visually-hidden">Hạn rà soát của từng chế độ</caption>
            <thead>
              <tr>
                <th scope="col">Chế độ báo cáo</th>
                <th scope="col">Hạn rà soát</th>
                <th scope="col">Lần gần nhất</th>
                <th scope="col">Ghi kết quả rà soát</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((item) => (
                <Row key={item.regime_id} item={item} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Loaded>
  );
}

function Row({ item }: { item: ReviewDue }) {
  const [outcome, setOutcome] = useState<Outcome>("keep");
  const [note, setNote] = useState("");
  const review = useReview(item.regime_id);
  return (
    <tr className={item.overdue ? "overdue" : ""}>
      <td>
        <Link to={`/che-do/${item.regime_id}`}>{item.name}</Link>
      </td>
      <td className="nowrap">
        {day(item.due_on)} {item.overdue && <Tag color="red">Quá hạn</Tag>}
      </td>
      <td>{item.last_on ? `${day(item.last_on)}, ${item.last_name}: ${OUTCOMES.find((one) => one.value === item.last_outcome)?.label}. ${item.last_note}` : "Chưa rà soát"}</td>
      <td>
        <div className="filters">
          <Select className="filter-short" aria-label={`Kết quả rà soát ${item.name}`} value={outcome} onChange={setOutcome} options={OUTCOMES} />
          <Input className="filter-text" aria-label={`Ghi chú rà soát ${item.name}`} placeholder="Ghi chú" value={note} onChange={(event) => setNote(event.target.value)} />
          <Button loading={review.isPending} onClick={() => review.mutate({ outcome, note })}>
            Ghi
          </Button>
        </div>
        {review.isError && <ProblemView error={review.error} compact />}
      </td>
    </tr>
  );
}
