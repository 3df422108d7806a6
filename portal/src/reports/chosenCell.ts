import type { Layout } from "@/forms/layout";
import type { Selection } from "@/grid/selection";

/** Where the person stands. */
export function chosenCell(layout: Layout, selection: Selection) {
  const row = layout.rows[selection.active.row];
  const column = layout.columns[selection.active.column];
  return { row, column, cell: column && row?.cells.get(column.id) };
}
