import { Button, Input, Tag } from "antd";
import { useState } from "react";

import { DayField } from "@/shared/DayField";
import { holds, useMe } from "@/api/me";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { useAnnounce, useAnnouncements, type Announcement } from "./oversight";

export function AnnouncementsView() {
  const found = useAnnouncements();
  const office = holds(useMe().data, "province_admin");
  return (
    <Loaded query={found} empty={{ when: (data) => data.items.length === 0, words: "Chưa có chế độ báo cáo nào đang áp dụng." }}>
      {(data) => (
        <>
          <p className="muted">
            Danh mục được công bố trên Cổng thông tin điện tử chậm nhất sau {data.working_days} ngày làm việc kể từ ngày văn bản có hiệu lực (theo {data.rule}). Danh mục công khai của
            Hệ thống: <a href="/cong-khai">/cong-khai</a>
          </p>
          <table className="plain-table">
            <caption className="visually-hidden">Hạn công bố của từng chế độ</caption>
            <thead>
              <tr>
                <th scope="col">Chế độ báo cáo</th>
                <th scope="col">Có hiệu lực từ</th>
                <th scope="col">Hạn công bố</th>
                <th scope="col">Tình trạng</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((item) => (
                <tr key={item.regime_id} className={late(item) ? "overdue" : ""}>
                  <td>{item.name}</td>
                  <td className="nowrap">{item.in_force_from ? day(item.in_force_from) : "văn bản chưa nêu"}</td>
                  <td className="nowrap">{day(item.last_on)}</td>
                  <td>{item.announced_on ? <Done item={item} /> : <Waiting item={item} office={office} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Loaded>
  );
}

const late = (item: Announcement) => item.announced_on === null && (item.days_left ?? 0) < 0;

function Done({ item }: { item: Announcement }) {
  return (
    <>
      <Tag color="green">Đã công bố {day(item.announced_on)}</Tag> {item.address}
    </>
  );
}

function Waiting({ item, office }: { item: Announcement; office: boolean }) {
  const [on, setOn] = useState("");
  const [address, setAddress] = useState("");
  const announce = useAnnounce(item.regime_id);
  const left = item.days_left;
  return (
    <>
      {left !== null && <Tag color={left < 0 ? "red" : left <= 5 ? "gold" : "default"}>{left < 0 ? `Quá hạn ${-left} ngày làm việc` : `Còn ${left} ngày làm việc`}</Tag>}
      {office && (
        <div className="filters">
          <DayField className="filter-short" aria-label={`Ngày công bố ${item.name}`} value={on} onChange={setOn} />
          <Input className="filter-text" aria-label={`Địa chỉ công bố ${item.name}`} placeholder="Địa chỉ trên Cổng" value={address} onChange={(event) => setAddress(event.target.value)} />
          <Button disabled={!on || !address.trim()} loading={announce.isPending} onClick={() => announce.mutate({ announced_on: on, address: address.trim() })}>
            Ghi đã công bố
          </Button>
        </div>
      )}
      {announce.isError && <ProblemView error={announce.error} compact />}
    </>
  );
}
