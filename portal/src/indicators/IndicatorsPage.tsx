import { App, Button, Input, Select, Tag } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { download } from "@/api/http";
import { holds, useMe } from "@/api/me";
import { asProblem } from "@/api/problem";
import { useEntries } from "@/catalogues/api";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { useIndicators, type IndicatorItem } from "./api";
import { ImportDialog } from "./ImportDialog";
import { IndicatorForm } from "./IndicatorForm";
import { INDICATOR_STATES } from "./words";

const STATES = Object.entries(INDICATOR_STATES).map(([value, label]) => ({ value, label }));

/** The catalogue of indicators: one definition for each, searched with and without diacritics. */
export function IndicatorsPage() {
  const me = useMe().data;
  const editable = holds(me, "form_designer", "province_admin");
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  const [domain, setDomain] = useState<string | undefined>();
  const [state, setState] = useState<string | undefined>();
  const [cursors, setCursors] = useState<string[]>([]);
  const [open, setOpen] = useState<"new" | "import" | null>(null);
  const domains = useEntries("domain");
  const indicators = useIndicators({ q, domain_id: domain, state, cursor: cursors.at(-1) });
  const filtered = q !== "" || domain !== undefined || state !== undefined;
  const narrow = (set: () => void) => {
    set();
    setCursors([]);
  };
  return (
    <>
      <PageTitle
        title="Chỉ tiêu"
        extra={
          <>
            <Link to="/chi-tieu/bo">Bộ chỉ số</Link>
            <Exports />
            {editable && (
              <>
                <Button onClick={() => void navigate("/chi-tieu/gan-trung")}>Tìm chỉ tiêu trùng</Button>
                <Button onClick={() => setOpen("import")}>Nhận từ bảng</Button>
                <Button type="primary" onClick={() => setOpen("new")}>
                  Lập chỉ tiêu
                </Button>
              </>
            )}
          </>
        }
      />
      <div className="filters no-print">
        <Input.Search className="filter-text" allowClear aria-label="Tìm chỉ tiêu" placeholder="Mã, tên chỉ tiêu" onSearch={(value) => narrow(() => setQ(value.trim()))} />
        <Select<string>
          className="filter-regime"
          aria-label="Lĩnh vực"
          placeholder="Mọi lĩnh vực"
          allowClear
          value={domain ?? null}
          options={(domains.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(value: string | undefined) => narrow(() => setDomain(value))}
        />
        <Select<string>
          className="filter-state"
          aria-label="Tình trạng"
          placeholder="Mọi tình trạng"
          allowClear
          value={state ?? null}
          options={STATES}
          onChange={(value: string | undefined) => narrow(() => setState(value))}
        />
      </div>
      <Loaded
        query={indicators}
        empty={{
          when: (data) => data.items.length === 0,
          words: filtered ? "Không có chỉ tiêu nào như vậy." : editable ? "Chưa có chỉ tiêu nào. Lập chỉ tiêu, hoặc nhận cả bảng từ Excel." : "Chưa có chỉ tiêu nào.",
        }}
      >
        {(data) => (
          <>
            <IndicatorTable items={data.items} />
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
      {open === "new" && <IndicatorForm seen={null} onClose={() => setOpen(null)} onSaved={(saved) => void navigate(`/chi-tieu/${saved.id}`)} />}
      {open === "import" && <ImportDialog onClose={() => setOpen(null)} />}
    </>
  );
}

function Exports() {
  const { message } = App.useApp();
  const fetch = (path: string) => void download("catalog", path).catch((error: unknown) => message.error(asProblem(error).body.detail));
  return (
    <>
      <Button onClick={() => fetch("/indicators/table.xlsx")}>Tải bảng .xlsx</Button>
      <Button onClick={() => fetch("/indicators/table.csv")}>Tải .csv</Button>
      <Button onClick={() => fetch("/indicators/structures.xml")}>Cấu trúc SDMX</Button>
    </>
  );
}

function IndicatorTable({ items }: { items: IndicatorItem[] }) {
  return (
    <table className="plain-table">
      <caption className="visually-hidden">Danh mục chỉ tiêu</caption>
      <thead>
        <tr>
          <th scope="col">Mã</th>
          <th scope="col">Tên chỉ tiêu</th>
          <th scope="col">Đơn vị tính</th>
          <th scope="col">Lĩnh vực</th>
          <th scope="col">Tình trạng</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td className="nowrap">{item.code}</td>
            <td>
              <Link to={`/chi-tieu/${item.id}`}>{item.name}</Link>
            </td>
            <td>{item.measure}</td>
            <td>{item.domain}</td>
            <td>
              <Tag color={item.state === "published" ? "green" : item.state === "draft" ? "gold" : "default"}>{INDICATOR_STATES[item.state]}</Tag>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
