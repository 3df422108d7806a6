import { readEntry, type Entry } from "@/filing/entries";
import { layoutOf } from "@/forms/layout";
import { keyOf, type CellKey, type Column, type ListTable, type Sheet } from "@/forms/model";
import type { PasteOutcome } from "@/grid/FilingGrid";

import type { FilingDesk } from "./filingDesk";

/** UUIDv7: the row's id for life, given where the row is born. */
export function newRowId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) & 0xff;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Pasted lines below the table become new rows, beginning at the column where the block was pasted. */
function rowsToAdd(
  ids: readonly string[],
  lines: readonly (readonly string[])[],
  list: ListTable,
  columns: readonly Column[],
  left: number,
): { key: CellKey; entry: Entry }[] {
  const cells = new Map(list.cells.map((cell) => [cell.column, cell]));
  return lines.flatMap((line, index) => {
    const id = ids[index];
    if (id === undefined) return [];
    return line.flatMap((text, place) => {
      const column = columns[left + place];
      const cell = column && cells.get(column.id);
      if (!column || cell?.kind !== "input" || text.trim() === "") return [];
      return [{ key: keyOf(id, column.id), entry: readEntry(cell, text) }];
    });
  });
}

export async function addListRows(desk: FilingDesk, sheet: Sheet, count: number): Promise<string[]> {
  const list = sheet.lists[0];
  if (!list || count < 1) return [];
  const last = Math.max(0, ...desk.store.listRows.filter((row) => row.list_id === list.id).map((row) => row.order));
  const rows = Array.from({ length: count }, (_, index) => ({ id: newRowId(), list_id: list.id, order: last + index + 1 }));
  await desk.changeRows(rows, []);
  return rows.map((row) => row.id);
}

/** Enters what lay below the table, and says in one sentence what became of the whole block. */
export async function takePasted(outcome: PasteOutcome, desk: FilingDesk, sheet: Sheet): Promise<string> {
  const list = sheet.lists[0];
  let written = outcome.written;
  if (outcome.beyond.length > 0 && list) {
    const ids = await addListRows(desk, sheet, outcome.beyond.length);
    const { columns } = layoutOf(sheet, desk.store.listRows);
    const entries = rowsToAdd(ids, outcome.beyond, list, columns, outcome.left);
    desk.store.enter(entries);
    written += entries.length;
  }
  const parts = [`Đã dán ${written} ô`];
  if (outcome.skipped > 0) parts.push(`bỏ qua ${outcome.skipped} ô không nhập được (nhãn, ô tính, ô “x”)`);
  if (outcome.beyond.length > 0 && !list) parts.push(`${outcome.beyond.length} dòng vượt quá bảng nên không dán`);
  return `${parts.join("; ")}.`;
}
