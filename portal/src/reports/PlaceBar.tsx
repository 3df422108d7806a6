import { useSyncExternalStore } from "react";

import type { Layout } from "@/forms/layout";
import { limitWords } from "@/forms/limits";
import { keyOf, type Rule, type Sheet } from "@/forms/model";
import { closedFor, type ClosedRows } from "@/grid/context";
import { columnName, rowName } from "@/grid/names";
import type { Selection } from "@/grid/selection";
import { moment } from "@/shared/dates";

import type { FilingDesk } from "./filingDesk";

interface Props {
  desk: FilingDesk;
  layout: Layout;
  selection: Selection;
  sheet: Sheet;
  /** What each cell is checked by: help while one types, the same words where it fails. */
  rules: ReadonlyMap<string, Rule[]>;
  closed: ClosedRows;
}

/** Says in words where the person stands: row, column, measure, how the cell is filled, who filled it. */
export function PlaceBar({ desk, layout, selection, sheet, rules, closed }: Props) {
  useSyncExternalStore(selection.subscribe, () => selection.moves);
  useSyncExternalStore(desk.store.subscribe, desk.store.stamp);
  const row = layout.rows[selection.active.row];
  const column = layout.columns[selection.active.column];
  if (!row || !column) return null;
  const cell = row.cells.get(column.id);
  const server = desk.store.serverCell(keyOf(row.id, column.id));
  const others = closedFor(closed, row);
  const measure = column.measure ?? row.row?.measure ?? sheet.measure;
  const parts = [
    `${rowName(row)}, ${columnName(column)}`,
    others ? `Dòng này do ${others.join(", ")} trả lời theo phân bổ chỉ tiêu` : "",
    measure ? `Đơn vị tính: ${measure}` : "",
    cell?.kind === "computed" ? `Ô tính${cell.formula ? `: ${byAddress(cell.formula, layout)}` : ""}` : "",
    cell?.kind === "not_applicable" ? "Không áp dụng: ô này không nhận số liệu" : "",
    cell?.kind === "input" && cell.precision !== null && cell.precision !== undefined ? `Tối đa ${cell.precision} chữ số thập phân` : "",
    ...(cell?.kind === "input" ? limitWords(cell.limits) : []),
    ...(rules.get(keyOf(row.list?.id ?? row.id, column.id)) ?? []).map((rule) => `Quy tắc ${rule.id}: ${rule.message}`),
    server?.origin ? `Lấy từ ${server.origin}` : "",
    server?.by ? `${server.by} nhập lúc ${moment(server.at)}` : "",
  ];
  return <div className="place-bar">{parts.filter(Boolean).join(" · ")}</div>;
}

/** `[KTXH.19:F]..[KTXH.20:F]` as people know it from the workbook: F19:F20. */
function byAddress(formula: string, layout: Layout): string {
  return formula
    .replace(/\[([^:\]]+):([^\]]+)\]/g, (written, rowId: string, columnId: string) => {
      const row = layout.rows.find((candidate) => candidate.id === rowId)?.row;
      const column = layout.columns.find((candidate) => candidate.id === columnId);
      return row && column ? `${column.letter}${row.index}` : written;
    })
    .replaceAll("..", ":");
}
