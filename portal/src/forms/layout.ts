import { frozenColumns, type Cell, type Column, type ListRow, type ListTable, type Row, type Sheet } from "./model";

/** What the grid shows: the header as nested cells, and body rows with the rows of lists in their place. */
export interface HeaderCell {
  text: string;
  span: number;
  depth: number;
  /** First column of the cell, for frozen positions and keys. */
  column: string;
}

export interface GridRow {
  id: string;
  kind: Row["kind"];
  row?: Row;
  list?: ListTable;
  /** Number of a list row as printed, counted from 1. */
  order?: number;
  cells: ReadonlyMap<string, Cell>;
}

export interface Layout {
  columns: Column[];
  header: HeaderCell[][];
  hasNumbers: boolean;
  frozen: ReadonlySet<string>;
  rows: GridRow[];
}

export function headerOf(columns: readonly Column[]): HeaderCell[][] {
  const height = Math.max(1, ...columns.map((column) => column.path.length));
  return Array.from({ length: height }, (_, level) => headerLevel(columns, level, height));
}

function headerLevel(columns: readonly Column[], level: number, height: number): HeaderCell[] {
  const found: HeaderCell[] = [];
  columns.forEach((column, index) => {
    const text = column.path[level];
    if (text === undefined) {
      // A column without any header text still needs its place in the first line.
      if (level === 0) found.push({ text: "", span: 1, depth: height, column: column.id });
      return;
    }
    const last = found.at(-1);
    const before = columns[index - 1];
    if (last && before && level < column.path.length - 1 && samePrefix(before, column, level)) {
      last.span += 1;
      return;
    }
    const leaf = level === column.path.length - 1;
    found.push({ text, span: 1, depth: leaf ? height - level : 1, column: column.id });
  });
  return found;
}

function samePrefix(a: Column, b: Column, level: number): boolean {
  if (a.path.length - 1 <= level) return false;
  return Array.from({ length: level + 1 }, (_, i) => a.path[i] === b.path[i]).every(Boolean);
}

export function layoutOf(sheet: Sheet, listRows: readonly ListRow[]): Layout {
  const columns = sheet.columns.filter((column) => !column.hidden);
  const cells = new Map<string, Map<string, Cell>>();
  for (const cell of sheet.cells) {
    const row = cells.get(cell.row) ?? new Map<string, Cell>();
    row.set(cell.column, cell);
    cells.set(cell.row, row);
  }
  const parts: { at: number; rows: GridRow[] }[] = sheet.rows
    .filter((row) => row.kind !== "list")
    .map((row) => ({ at: row.index, rows: [{ id: row.id, kind: row.kind, row, cells: cells.get(row.id) ?? new Map() }] }));
  for (const list of sheet.lists) {
    const pattern = new Map(list.cells.map((cell) => [cell.column, cell]));
    const rows = sortedRows(listRows, list.id).map((row, index) => listRow(row, list, pattern, index + 1));
    parts.push({ at: list.first_row, rows });
  }
  parts.sort((a, b) => a.at - b.at);
  return {
    columns,
    header: headerOf(columns),
    hasNumbers: columns.some((column) => column.number),
    frozen: frozenColumns(sheet),
    rows: parts.flatMap((part) => part.rows),
  };
}

function listRow(row: ListRow, list: ListTable, pattern: ReadonlyMap<string, Cell>, order: number): GridRow {
  return { id: row.id, kind: "list", list, order, cells: pattern };
}

export function sortedRows(rows: readonly ListRow[], listId: string): ListRow[] {
  return rows
    .filter((row) => row.list_id === listId)
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

/** In characters: a column whose width the workbook leaves open takes a day with all its digits on one line. */
const A_DAY_WIDE = 12;

/** Width on the screen, from the workbook's width in characters. */
export function columnWidth(column: Column): number {
  return Math.min(Math.max(Math.round((column.width ?? A_DAY_WIDE) * 7.2 + 6), 44), 380);
}
