import { Form, Segmented } from "antd";
import { useState } from "react";

import type { Sheet } from "@/forms/model";
import { IndicatorSelect } from "@/indicators/IndicatorSelect";
import { ProblemView } from "@/shared/ProblemView";

import { useBind, type Binding, type DesignedVersion } from "./api";
import type { Picked } from "./SheetPicture";

type Reach = "row" | "column" | "cell";

const REACHES: { value: Reach; label: string }[] = [
  { value: "row", label: "Cả dòng" },
  { value: "column", label: "Cả cột" },
  { value: "cell", label: "Riêng ô này" },
];

/** Which indicator the row, the column or the cell gives the figure of; the nearest binding holds. */
export function BindingPanel({ version, sheet, picked, editable }: { version: DesignedVersion; sheet: Sheet; picked: Picked; editable: boolean }) {
  const [reach, setReach] = useState<Reach>(picked.inList ? "column" : "row");
  const bind = useBind(version);
  const { row, column } = picked.cell;
  const bound: Record<Reach, string | null> = {
    row: sheet.rows.find((one) => one.id === row)?.indicator_id ?? null,
    column: sheet.columns.find((one) => one.id === column)?.indicator_id ?? null,
    cell: picked.inList
      ? (sheet.lists.find((list) => list.id === row)?.cells.find((one) => one.column === column)?.indicator_id ?? null)
      : (sheet.cells.find((one) => one.row === row && one.column === column)?.indicator_id ?? null),
  };
  const place: Record<Reach, Omit<Binding, "indicator_id">> = { row: { row }, column: { sheet: sheet.name, column }, cell: { row, column } };
  return (
    <Form layout="vertical" disabled={!editable} className="binding">
      <h2>Chỉ tiêu</h2>
      <Form.Item label="Gắn vào">
        <Segmented<Reach> value={reach} onChange={setReach} options={picked.inList ? REACHES.slice(1) : REACHES} />
      </Form.Item>
      <Form.Item label="Chỉ tiêu trong danh mục" htmlFor="bound-indicator" extra="Số liệu ô nhập được tổng hợp theo cách của chỉ tiêu; chưa gắn thì cộng.">
        <IndicatorSelect
          id="bound-indicator"
          label="Chỉ tiêu trong danh mục"
          value={bound[reach]}
          known={version.model.indicators ?? []}
          disabled={!editable || bind.isPending}
          onChange={(indicator_id) => bind.mutate([{ ...place[reach], indicator_id }])}
        />
      </Form.Item>
      {bind.isError && <ProblemView error={bind.error} />}
    </Form>
  );
}
