import { parseBlock, toBlock } from "@/filing/clipboard";
import { editableValue, readEntry, type Entry } from "@/filing/entries";
import { planPaste, type PastePlan } from "@/filing/paste";
import type { FilingStore } from "@/filing/store";
import type { GridRow, Layout } from "@/forms/layout";
import { BLANK, isBlank, keyOf, splitKey, type Cell, type CellKey } from "@/forms/model";

import { closedFor, NONE_CLOSED, type ClosedRows } from "./context";
import type { Selection } from "./selection";

interface Found {
  key: CellKey;
  cell: Cell | undefined;
  row: GridRow;
}

/** What the person's acts in the grid do to the figures. */
export class GridEdits {
  constructor(
    private readonly store: FilingStore,
    private readonly layout: Layout,
    private readonly selection: Selection,
    private readonly closed: ClosedRows = NONE_CLOSED,
  ) {}

  commit(key: CellKey, text: string): void {
    const { row: id, column } = splitKey(key);
    const row = this.layout.rows.find((shape) => shape.id === id);
    const found = row && { key, cell: row.cells.get(column), row };
    if (!found || !this.open(found)) return;
    this.store.enter([{ key, entry: readEntry(found.cell, text) }]);
  }

  /** Delete is the person's own asking: chosen figures become blank, refused texts are put aside. */
  clear(): void {
    const entries: { key: CellKey; entry: Entry }[] = [];
    for (const found of this.chosen()) {
      if (!this.open(found)) continue;
      const { key } = found;
      if (this.store.edit(key)?.state === "refused") this.store.withdraw(key);
      if (!isBlank(this.store.value(key))) entries.push({ key, entry: { ok: true, value: BLANK } });
    }
    if (entries.length > 0) this.store.enter(entries);
  }

  copy(): string {
    const { top, bottom, left, right } = this.selection.span;
    const lines: string[][] = [];
    for (let row = top; row <= bottom; row += 1) {
      const line: string[] = [];
      for (let column = left; column <= right; column += 1) line.push(this.copied(row, column));
      lines.push(line);
    }
    return toBlock(lines);
  }

  plan(text: string): PastePlan {
    const block = this.spread(parseBlock(text));
    const { top, left } = this.selection.span;
    const list = this.layout.rows[top]?.list;
    return planPaste(block, (rowOffset, columnOffset) => {
      const found = this.at(top + rowOffset, left + columnOffset);
      const row = this.layout.rows[top + rowOffset];
      const column = this.layout.columns[left + columnOffset];
      // A block pasted into a list goes on below it as new rows, never into what follows the list.
      if (!found || !row || !column || (list && row.list !== list)) return null;
      if (closedFor(this.closed, row)) return null;
      return { row: row.id, column: column.id, cell: found.cell, current: this.store.value(found.key) };
    });
  }

  apply(plan: PastePlan, blanksToo: boolean): void {
    const entries = plan.writes.map(({ row, column, text }) => ({
      key: keyOf(row, column),
      entry: readEntry(this.cellOf(row, column), text),
    }));
    const blanks = blanksToo
      ? plan.blanks.map(({ row, column }) => ({ key: keyOf(row, column), entry: { ok: true, value: BLANK } as Entry }))
      : [];
    this.store.enter([...entries, ...blanks]);
  }

  keyAt(row: number, column: number): CellKey | undefined {
    return this.at(row, column)?.key;
  }

  /** One copied cell pasted on a chosen block fills the block, as in a spreadsheet. */
  private spread(block: string[][]): string[][] {
    const { top, bottom, left, right } = this.selection.span;
    const only = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined;
    if (only === undefined || (top === bottom && left === right)) return block;
    return Array.from({ length: bottom - top + 1 }, () => Array<string>(right - left + 1).fill(only));
  }

  private copied(row: number, column: number): string {
    const found = this.at(row, column);
    const shape = this.layout.rows[row];
    if (!found || !shape) return "";
    if (shape.list?.number_column === this.layout.columns[column]?.id) return String(shape.order ?? "");
    const edit = this.store.edit(found.key);
    if (edit?.raw !== undefined) return edit.raw;
    if (found.cell?.kind === "label" || found.cell?.kind === "not_applicable") return found.cell.text ?? "";
    return editableValue(this.store.value(found.key));
  }

  private open({ cell, row }: Found): boolean {
    return cell?.kind === "input" && !closedFor(this.closed, row);
  }

  private *chosen(): Generator<Found> {
    const { top, bottom, left, right } = this.selection.span;
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const found = this.at(row, column);
        if (found) yield found;
      }
    }
  }

  private at(row: number, column: number): Found | undefined {
    const shape = this.layout.rows[row];
    const place = this.layout.columns[column];
    if (!shape || !place) return undefined;
    return { key: keyOf(shape.id, place.id), cell: shape.cells.get(place.id), row: shape };
  }

  private cellOf(row: string, column: string): Cell | undefined {
    return this.layout.rows.find((shape) => shape.id === row)?.cells.get(column);
  }
}
