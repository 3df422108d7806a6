import { Button, Input, Select } from "antd";
import { useState } from "react";

import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { STATE_OPTIONS } from "@/shared/states";

import { useReports } from "./api";
import { ReportTable } from "./ReportTable";

export function ReportsPage() {
  const [state, setState] = useState<string>();
  const [q, setQ] = useState("");
  const [cursors, setCursors] = useState<string[]>([]);
  const [soonest, setSoonest] = useState(false);
  const reports = useReports({ state, q: q || undefined, order: soonest ? "due" : undefined, cursor: cursors.at(-1) });
  return (
    <>
      <PageTitle title="Báo cáo" />
      <div className="filters no-print">
        <Input.Search
          className="filter-text"
          aria-label="Tìm theo tên đơn vị, chế độ"
          placeholder="Tên đơn vị, chế độ…"
          allowClear
          onSearch={(value) => {
            setQ(value.trim());
            setCursors([]);
          }}
        />
        <Select
          aria-label="Trạng thái"
          className="filter-state"
          placeholder="Mọi trạng thái"
          allowClear
          value={state}
          options={STATE_OPTIONS}
          onChange={(value: string | undefined) => {
            setState(value);
            setCursors([]);
          }}
        />
      </div>
      <Loaded query={reports} empty={{ when: (data) => data.items.length === 0, words: "Không có báo cáo nào như vậy." }}>
        {(data) => (
          <>
            <ReportTable
              reports={data.items}
              caption="Báo cáo tôi được xem"
              order={{
                soonest,
                onChange: (to) => {
                  setSoonest(to);
                  setCursors([]);
                },
              }}
            />
            <div className="pager no-print">
              <Button disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
                Trang trước
              </Button>
              <Button disabled={!data.next} onClick={() => data.next && setCursors([...cursors, data.next])}>
                Trang sau
              </Button>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}
