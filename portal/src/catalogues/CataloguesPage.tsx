import { Button, Input, Segmented, Tag } from "antd";
import { useState } from "react";

import { holds, useMe } from "@/api/me";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";

import { ENTRY_KINDS, useEntries, type Entry, type EntryKind } from "./api";
import { EntryDialog } from "./EntryDialog";

/** What every indicator is made of: units of measure, domains, breakdowns. */
export function CataloguesPage() {
  const me = useMe().data;
  const editable = holds(me, "form_designer", "province_admin");
  const [kind, setKind] = useState<EntryKind>("measure");
  const [q, setQ] = useState("");
  const [opened, setOpened] = useState<Entry | "new" | null>(null);
  const entries = useEntries(kind, q);
  const label = ENTRY_KINDS.find((one) => one.value === kind)?.label ?? "";
  return (
    <>
      <PageTitle
        title="Danh mục dùng chung"
        extra={
          editable && (
            <Button type="primary" onClick={() => setOpened("new")}>
              Thêm {label.toLowerCase()}
            </Button>
          )
        }
      />
      <div className="filters no-print">
        <Segmented<EntryKind> aria-label="Danh mục" value={kind} onChange={setKind} options={ENTRY_KINDS} />
        <Input.Search className="filter-text" allowClear aria-label={`Tìm ${label.toLowerCase()}`} placeholder="Mã, tên, ký hiệu" onSearch={(value) => setQ(value.trim())} />
      </div>
      <Loaded query={entries} empty={{ when: (data) => data.items.length === 0, words: q ? `Không có mục nào như “${q}”.` : "Danh mục còn trống." }}>
        {(data) => <EntryTable kind={kind} label={label} entries={data.items} onOpen={setOpened} />}
      </Loaded>
      {opened && <EntryDialog key={opened === "new" ? "new" : opened.id} kind={kind} entry={opened === "new" ? null : opened} editable={editable} onClose={() => setOpened(null)} />}
    </>
  );
}

function EntryTable({ kind, label, entries, onOpen }: { kind: EntryKind; label: string; entries: Entry[]; onOpen: (entry: Entry) => void }) {
  return (
    <table className="plain-table">
      <caption className="visually-hidden">Danh mục {label.toLowerCase()}</caption>
      <thead>
        <tr>
          <th scope="col">Mã</th>
          <th scope="col">Tên</th>
          {kind === "measure" && <th scope="col">Ký hiệu</th>}
          {kind === "breakdown" && <th scope="col">Các mục</th>}
          <th scope="col">Nguồn</th>
          <th scope="col">Tình trạng</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td className="nowrap">{entry.code}</td>
            <td>
              <button type="button" className="link-button" onClick={() => onOpen(entry)}>
                {entry.name}
              </button>
            </td>
            {kind === "measure" && <td>{entry.symbol}</td>}
            {kind === "breakdown" && <td>{entry.items.map((item) => item.name).join(", ")}</td>}
            <td>{entry.source || "Của tỉnh"}</td>
            <td>{entry.retired ? <Tag>Thôi dùng</Tag> : <Tag color="green">Đang dùng</Tag>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
