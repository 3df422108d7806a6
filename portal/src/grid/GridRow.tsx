import { memo, useSyncExternalStore, type CSSProperties } from "react";

import { editableValue, shownValue } from "@/filing/entries";
import type { Edit } from "@/filing/store";
import type { GridRow as RowShape } from "@/forms/layout";
import { keyOf, sameValue, type Cell, type Column } from "@/forms/model";

import { CellEditor } from "./CellEditor";
import { closedFor, useGrid, type CellMark, type GridContext, type Offer, type Remark } from "./context";
import { columnName, rowName } from "./names";

export const GridRow = memo(function GridRow({ row, index }: { row: RowShape; index: number }) {
  const grid = useGrid();
  useSyncExternalStore(grid.store.subscribe, () => grid.store.rowStamp(row.id));
  const view = useSyncExternalStore(grid.selection.subscribe, () => grid.selection.rowView(index));
  const [, left, right, active, moves] = /^(\d+)-(\d+)(?:@(\d+)#(\d+))?/.exec(view) ?? [];
  return (
    <tr className={`row-${row.kind}${closedFor(grid.closed, row) ? " row-closed" : ""}`} data-row={row.id}>
      {grid.layout.columns.map((column, place) => (
        <GridCell
          key={column.id}
          grid={grid}
          row={row}
          column={column}
          position={`${index},${place}`}
          chosen={left !== undefined && place >= Number(left) && place <= Number(right)}
          active={active !== undefined && place === Number(active)}
          moves={Number(moves ?? 0)}
        />
      ))}
    </tr>
  );
});

interface CellProps {
  grid: GridContext;
  row: RowShape;
  column: Column;
  position: string;
  chosen: boolean;
  active: boolean;
  moves: number;
}

function GridCell({ grid, row, column, position, chosen, active, moves }: CellProps) {
  const cell = row.cells.get(column.id);
  const key = keyOf(row.id, column.id);
  const edit = grid.store.edit(key);
  const marks = grid.marks.get(key) ?? [];
  const remarks = grid.remarks.get(key) ?? [];
  const offset = grid.offsets.get(column.id);
  const style: CSSProperties | undefined = offset === undefined ? undefined : { left: offset };
  const shown = textOf(grid, row, column, cell, edit);
  const input = cell?.kind === "input";
  const closed = closedFor(grid.closed, row);
  const enters = input && !grid.readOnly && !closed;
  const offer = enters ? grid.offers.get(key) : undefined;
  return (
    <td
      className={classOf(row, column, cell, edit, marks, remarks, { chosen, active, frozen: offset !== undefined })}
      style={style}
      data-at={position}
      data-column={column.id}
    >
      {offer && shown === "" ? <OfferedText offer={offer} cell={cell} /> : <span className="cell-text">{shown}</span>}
      {edit?.state === "conflict" && !active && <span className="cell-flag">≠</span>}
      {remarks.length > 0 && <RemarkFlag remarks={remarks} />}
      {active && (
        <>
          <CellEditor
            key={key}
            cellKey={key}
            text={edit?.raw ?? editableText(grid, row, column, cell)}
            label={`${rowName(row)}, ${columnName(column)}${input && !closed ? "" : ", không nhập"}`}
            editable={enters}
            multiline={cell?.type === "text"}
            moves={moves}
          />
          <CellNote grid={grid} cellKey={key} edit={edit} marks={marks} remarks={remarks} offer={offer} />
        </>
      )}
    </td>
  );
}

function textOf(grid: GridContext, row: RowShape, column: Column, cell: Cell | undefined, edit: Edit | undefined): string {
  if (edit?.raw !== undefined) return edit.raw;
  if (row.list && row.list.number_column === column.id) return String(row.order ?? "");
  if (!cell) return "";
  if (cell.kind === "label") return cell.type === "number" && cell.text ? shownValue({ number: cell.text }, cell) : (cell.text ?? "");
  if (cell.kind === "not_applicable") return cell.text ?? "x";
  return shownValue(grid.store.value(keyOf(row.id, column.id)), cell);
}

function editableText(grid: GridContext, row: RowShape, column: Column, cell: Cell | undefined): string {
  if (!cell || cell.kind === "label" || cell.kind === "not_applicable") return textOf(grid, row, column, cell, undefined);
  return editableValue(grid.store.value(keyOf(row.id, column.id)));
}

function classOf(
  row: RowShape,
  column: Column,
  cell: Cell | undefined,
  edit: Edit | undefined,
  marks: readonly CellMark[],
  remarks: readonly Remark[],
  flags: { chosen: boolean; active: boolean; frozen: boolean },
): string {
  const kind = cell?.kind ?? "label";
  const number = cell?.type === "number" || kind === "not_applicable" || (row.list?.number_column === column.id);
  return [
    `cell cell-${kind}`,
    number ? "cell-number" : "",
    flags.frozen ? "frozen" : "",
    flags.chosen ? "chosen" : "",
    flags.active ? "active" : "",
    edit ? `edit-${edit.state}` : "",
    marks.some((mark) => mark.severity === "error") ? "mark-error" : marks.length > 0 ? "mark-warning" : "",
    remarks.length === 0 ? "" : remarks.every((remark) => remark.kind === "settled") ? "remark-settled" : "remark-open",
  ]
    .filter(Boolean)
    .join(" ");
}

const REMARK_WORDS = { returned: "Bị trả lại", settled: "Đã xử lý", marking: "Bạn đánh dấu" } as const;

function RemarkFlag({ remarks }: { remarks: readonly Remark[] }) {
  const settled = remarks.every((remark) => remark.kind === "settled");
  return (
    <span className="remark-flag">
      <span aria-hidden>{settled ? "✓" : "✎"}</span>
      <span className="visually-hidden">{remarks.map((remark) => `${REMARK_WORDS[remark.kind]}: ${remark.note}`).join(". ")}</span>
    </span>
  );
}

/** Pale and never counted: what could stand here, not what does. */
function OfferedText({ offer, cell }: { offer: Offer; cell: Cell | undefined }) {
  return (
    <span className="cell-text cell-offered">
      <span className="visually-hidden">Đã có số liệu, chưa lấy: </span>
      {shownValue(offer.value, cell)}
    </span>
  );
}

interface NoteProps {
  grid: GridContext;
  cellKey: string;
  edit: Edit | undefined;
  marks: readonly CellMark[];
  remarks: readonly Remark[];
  offer: Offer | undefined;
}

function CellNote({ grid, cellKey, edit, marks, remarks, offer }: NoteProps) {
  if (edit?.state === "conflict") {
    return (
      <div className="cell-note" role="alert">
        Người khác vừa sửa ô này.{" "}
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => grid.openConflict(cellKey)}>
          Xem hai giá trị và chọn
        </button>
      </div>
    );
  }
  const said = remarks.map((remark) => `${REMARK_WORDS[remark.kind]}: ${remark.note}`);
  const messages = edit?.message ? [edit.message] : [...said, ...marks.map((mark) => mark.message)];
  const offered = offer && !sameValue(grid.store.value(cellKey), offer.value) ? offer : undefined;
  if (messages.length === 0 && !offered) return null;
  return (
    <div className="cell-note" role={edit?.message ? "alert" : "note"}>
      {messages.map((message) => (
        <div key={message}>{message}</div>
      ))}
      {offered && (
        <div>
          {offered.words}.{" "}
          <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={grid.take}>
            Lấy số này (Alt+↓)
          </button>
        </div>
      )}
      {edit?.message && <div className="cell-note-hint">Chưa lưu. Sửa lại, hoặc nhấn Delete để bỏ phần đã gõ.</div>}
    </div>
  );
}
