import { Link } from "react-router";

import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { usePairs, type IndicatorItem, type Pair } from "./api";
import { MergeButton } from "./MergeButton";

/** Pairs of indicators whose names look alike: one may be merged into the other. */
export function DuplicatesPage() {
  const pairs = usePairs();
  return (
    <>
      <PageTitle title="Chỉ tiêu có thể trùng nhau">
        <p className="muted">Xếp theo mức giống nhau của tên, không xét dấu. Tên giống chưa chắc là một: so khái niệm và cách tính trước khi gộp.</p>
      </PageTitle>
      <Loaded query={pairs} empty={{ when: (data) => data.items.length === 0, words: "Không có cặp chỉ tiêu nào tên gần giống nhau." }}>
        {(data) => (
          <table className="plain-table">
            <caption className="visually-hidden">Các cặp chỉ tiêu tên gần giống nhau</caption>
            <thead>
              <tr>
                <th scope="col">Chỉ tiêu</th>
                <th scope="col">Chỉ tiêu gần giống</th>
                <th scope="col">Giống nhau</th>
                <th scope="col">Gộp</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((pair) => (
                <PairRow key={`${pair.one.id}/${pair.other.id}`} pair={pair} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </>
  );
}

function PairRow({ pair: { one, other, likeness } }: { pair: Pair }) {
  return (
    <tr>
      <td>
        <Named item={one} />
      </td>
      <td>
        <Named item={other} />
      </td>
      <td className="number">{Math.round(likeness * 100)}%</td>
      <td>
        <div className="row-actions no-print">
          <MergeButton gone={one} kept={other} />
          <MergeButton gone={other} kept={one} />
        </div>
      </td>
    </tr>
  );
}

function Named({ item }: { item: IndicatorItem }) {
  return (
    <>
      <Link to={`/chi-tieu/${item.id}`}>{`${item.code} – ${item.name}`}</Link>
      <div className="muted">{[item.measure, item.domain].filter(Boolean).join(" · ")}</div>
    </>
  );
}
