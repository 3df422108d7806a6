import { useMemo } from "react";

import { columnWidth, headerOf } from "@/forms/layout";
import type { Cell, ListTable, Row, Sheet } from "@/forms/model";

export interface Picked {
  cell: Cell;
  inList: boolean;
}

/** The cell as it stands now; none on a sheet that hasn't this place. */
export function pickedOf(sheet: Sheet, row: string, column: string): Picked | null {
  const isIt = (cell: Cell) => cell.row === row && cell.column === column;
  const fixed = sheet.cells.find(isIt);
  const listed = sheet.lists.flatMap((list) => list.cells).find(isIt);
  const cell = fixed ?? listed;
  return cell ? { cell, inList: fixed === undefined } : null;
}

interface Props {
  sheet: Sheet;
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}

interface Line {
  id: string;
  index: number;
  row?: Row;
  list?: ListTable;
  cells: Map<string, Cell>;
}

/** The sheet as it will be filled in, every cell in the colour of its kind. A list is shown as its pattern row. */
export function SheetPicture({ sheet, picked, onPick }: Props) {
  const columns = sheet.columns.filter((column) => !column.hidden);
  const header = headerOf(columns);
  const lines = useMemo(() => linesOf(sheet), [sheet]);
  const width = columns.reduce((sum, column) => sum + columnWidth(column), 0);
  return (
    <div className="grid-frame" tabIndex={0} role="region" aria-label={`Hình biểu ${sheet.name}`}>
      <table className="grid grid-picture" style={{ width }}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: columnWidth(column) }} />
          ))}
        </colgroup>
        <thead>
          {header.map((cells, level) => (
            <tr key={level}>
              {cells.map((cell) => (
                <th key={cell.column} colSpan={cell.span} rowSpan={cell.depth} scope="col">
                  {cell.text}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} className={`row-${line.row?.kind ?? "list"}`}>
              {columns.map((column) => {
                const cell = line.cells.get(column.id);
                const chosen = cell !== undefined && picked?.cell.row === cell.row && picked.cell.column === cell.column;
                return (
                  <td key={column.id} className={`cell cell-${cell?.kind ?? "label"}${chosen ? " active" : ""}`} title={cell?.reason}>
                    {cell && (
                      <button type="button" className="picture-cell" onClick={() => onPick({ cell, inList: line.list !== undefined })}>
                        {cell.kind === "computed" ? "ƒ" : (cell.text ?? "")}
                        <span className="visually-hidden"> Ô {cell.a1}</span>
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function linesOf(sheet: Sheet): Line[] {
  const byRow = new Map<string, Map<string, Cell>>();
  for (const cell of sheet.cells) {
    const cells = byRow.get(cell.row) ?? new Map<string, Cell>();
    cells.set(cell.column, cell);
    byRow.set(cell.row, cells);
  }
  const fixed = sheet.rows.map((row): Line => ({ id: row.id, index: row.index, row, cells: byRow.get(row.id) ?? new Map() }));
  const lists = sheet.lists.map((list): Line => ({
    id: list.id,
    index: list.first_row,
    list,
    cells: new Map(list.cells.map((cell) => [cell.column, cell])),
  }));
  return [...fixed.filter((line) => line.row?.kind !== "list"), ...lists].sort((a, b) => a.index - b.index);
}
