import type { GridRow } from "@/forms/layout";
import type { Column } from "@/forms/model";

/** "Dòng 1.2 Công nghiệp": how a row is named to a person. */
export function rowName(row: GridRow): string {
  if (row.order !== undefined) return `Dòng ${row.order}`;
  const label = [row.row?.numbering, row.row?.label].filter((part) => part && /[\p{L}\d]/u.test(part)).join(" ");
  return label === "" ? `Dòng ${row.row?.index ?? row.id}` : `Dòng “${label}”`;
}

export function columnName(column: Column): string {
  const path = column.path.filter(Boolean).join(" – ");
  return `cột ${column.letter}${path === "" ? "" : ` “${path}”`}`;
}
