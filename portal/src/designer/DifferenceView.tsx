import { Select } from "antd";
import { useState } from "react";

import { Loaded } from "@/shared/Loaded";

import type { DesignedVersion, FormItem } from "./api";
import { useDifference, type Change } from "./library";

const WHAT = { row: "Dòng", column: "Cột", cell: "Ô" } as const;
const HOW = { added: "thêm", removed: "bỏ", changed: "đổi" } as const;
const KINDS: Record<string, string> = { input: "ô nhập", computed: "ô tính", label: "nhãn", not_applicable: "không áp dụng" };

/** Against which earlier version, and what has changed since, cell by cell. */
export function DifferenceView({ form, version }: { form: FormItem; version: DesignedVersion }) {
  const others = form.versions.filter((item) => item.id !== version.id);
  const [against, setAgainst] = useState<string | undefined>();
  const difference = useDifference(version.id, against);
  if (others.length === 0) return null;
  return (
    <section aria-label="So sánh phiên bản">
      <div className="filters no-print">
        <Select
          className="filter-text"
          allowClear
          aria-label="So với phiên bản"
          placeholder="So với phiên bản…"
          value={against ?? null}
          onChange={(value: string | undefined) => setAgainst(value)}
          options={others.map((item) => ({ value: item.id, label: `Phiên bản ${item.number}` }))}
        />
      </div>
      {against && (
        <Loaded query={difference} empty={{ when: (data) => data.changes.length === 0, words: "Hai phiên bản không khác nhau." }}>
          {(data) => (
            <table className="plain-table">
              <caption>
                Phiên bản {data.after} so với phiên bản {data.before}: {data.changes.length} chỗ khác
              </caption>
              <thead>
                <tr>
                  <th scope="col">Chỗ khác</th>
                  <th scope="col">Trang, vị trí</th>
                  <th scope="col">Nội dung</th>
                  <th scope="col">Trước → sau</th>
                </tr>
              </thead>
              <tbody>
                {data.changes.slice(0, 500).map((change, index) => (
                  <Row key={index} change={change} />
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      )}
    </section>
  );
}

function Row({ change }: { change: Change }) {
  return (
    <tr>
      <td className="nowrap">
        {WHAT[change.what]} {HOW[change.how]}
      </td>
      <td className="nowrap">
        {change.sheet} {change.a1 || change.row || change.column}
      </td>
      <td>{change.label}</td>
      <td>
        {change.fields.map((field) => (
          <div key={field.field}>
            {field.field}: {KINDS[field.before] ?? (field.before || "(trống)")} → {KINDS[field.after] ?? (field.after || "(trống)")}
          </div>
        ))}
      </td>
    </tr>
  );
}
