/** The form as catalog gives it: the JSON of libs/forms `FormModel`. */
export type RowKind = "heading" | "fixed" | "list" | "total" | "note";
export type CellKind = "input" | "computed" | "label" | "not_applicable";
export type CellType = "number" | "text";

export type Severity = "error" | "warning" | "information";

export type ValueKind = "plan" | "estimate" | "preliminary" | "official";

export interface Column {
  id: string;
  letter: string;
  path: string[];
  measure?: string | null;
  number?: string | null;
  hidden?: boolean;
  width?: number | null;
  indicator_id?: string | null;
  value_kind?: ValueKind | null;
  /** A running total since the beginning of the year. */
  cumulative?: boolean;
}

export interface Row {
  id: string;
  index: number;
  kind: RowKind;
  numbering?: string | null;
  label: string;
  measure?: string | null;
  parent_id?: string | null;
  level: number;
  indicator_id?: string | null;
}

/** What an input cell takes beside its type and precision; numbers are decimal texts. */
export interface Limits {
  least?: string | null;
  most?: string | null;
  longest?: number | null;
  choices?: string[];
  day?: boolean;
}

export interface Cell {
  row: string;
  column: string;
  a1: string;
  kind: CellKind;
  type?: CellType | null;
  precision?: number | null;
  limits?: Limits | null;
  formula?: string | null;
  expression?: Node | null;
  text?: string | null;
  number_format?: string | null;
  reason?: string;
  indicator_id?: string | null;
}

export interface ListTable {
  id: string;
  first_row: number;
  last_row: number;
  total_row?: string | null;
  marker_row?: number | null;
  number_column?: string | null;
  key_columns?: string[];
  /** What two rows with one key are; none: nothing is said of them. */
  repeats?: Severity | null;
  most_rows?: number | null;
  cells: Cell[];
}

export interface SheetText {
  a1: string;
  text: string;
  place: "letterhead" | "title" | "period" | "measure" | "note" | "signature";
}

export interface Sheet {
  name: string;
  title: string;
  measure?: string | null;
  header_rows: number[];
  number_row?: number | null;
  columns: Column[];
  rows: Row[];
  cells: Cell[];
  lists: ListTable[];
  texts: SheetText[];
  merges: string[];
  frozen_at?: string | null;
}

export interface RuleCell {
  row: string;
  column: string;
}

/** What must be true of the figures, and what is said where it isn't (contracts/expressions, "Rules"). */
export interface RuleText {
  id: string;
  severity: Severity;
  condition: string;
  message: string;
  list_id?: string | null;
  cells?: RuleCell[];
}

export interface Rule extends RuleText {
  cells: RuleCell[];
}

/** What the form keeps of an indicator: its meaning when the form was published. */
export interface BoundIndicator {
  id: string;
  code: string;
  name: string;
  concept: string;
  method: string;
  source: string;
  measure: string;
  rule: string;
}

export interface FormModel {
  schema_version: string;
  sheets: Sheet[];
  fingerprint: string;
  /** Absent in versions from before there were rules. */
  rules?: Rule[];
  indicators?: BoundIndicator[];
}

/** The indicator of a cell: its own, else its row's, else its column's. Labels give no figure. */
export function indicatorOf(model: FormModel, cell: Cell | undefined, row: Row | undefined, column: Column): BoundIndicator | undefined {
  if (cell?.kind !== "input" && cell?.kind !== "computed") return undefined;
  const id = cell.indicator_id ?? row?.indicator_id ?? column.indicator_id;
  return id ? model.indicators?.find((one) => one.id === id) : undefined;
}

/** A node of the expression language (contracts/expressions); its shape is checked by `evaluate`. */
export type Node = Record<string, unknown>;

/** Blank, zero and "not applicable" are three different things. */
export type Value = { number: string } | { text: string } | { blank: true } | { not_applicable: true };

export const BLANK: Value = { blank: true };
export const NOT_APPLICABLE: Value = { not_applicable: true };

export interface ListRow {
  id: string;
  list_id: string;
  order: number;
}

export type CellKey = string;

export function keyOf(row: string, column: string): CellKey {
  return `${row}\u0000${column}`;
}

export function splitKey(key: CellKey): { row: string; column: string } {
  const [row = "", column = ""] = key.split("\u0000");
  return { row, column };
}

export function isBlank(value: Value | undefined): boolean {
  return value === undefined || "blank" in value || ("text" in value && value.text === "");
}

export function sameValue(a: Value, b: Value): boolean {
  if (isBlank(a) && isBlank(b)) return true;
  if ("number" in a && "number" in b) return plainNumber(a.number) === plainNumber(b.number);
  if ("text" in a && "text" in b) return a.text === b.text;
  return "not_applicable" in a && "not_applicable" in b;
}

/** "1.50" and "1.5" are one figure. */
function plainNumber(text: string): string {
  const shortened = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return shortened === "-0" || shortened === "" ? "0" : shortened;
}

const columnIndex = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** How many columns stay at the left: those before the column that the workbook freezes. */
export function frozenColumns(sheet: Sheet): Set<string> {
  const letters = /^([A-Z]+)/.exec(sheet.frozen_at ?? "")?.[1];
  if (!letters) return new Set();
  const limit = columnIndex(letters);
  return new Set(sheet.columns.filter((c) => columnIndex(c.letter) < limit).map((c) => c.id));
}
