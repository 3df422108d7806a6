import { UNDEFINED } from "./calculation";
import { dayNumbered, numberOfDay } from "./days";
import { Decimal } from "./decimal";
import { evaluate, type Grid, type Outcome } from "./evaluate";
import { sortedRows } from "./layout";
import { BLANK, keyOf, NOT_APPLICABLE, splitKey, type Cell, type CellKey, type FormModel, type ListRow, type Sheet, type Value } from "./model";
import { plain } from "./numbers";
import { readsOutside, type Tree } from "./tree";

/**
 * The computed cells of a form while someone types. The server computes them again at every save, and its
 * values are the truth; this echo runs the same syntax trees so that the person sees totals at once. A cell that
 * is computed from other forms or earlier reports keeps the server's value: their figures aren't here.
 */
export function compute(
  model: FormModel,
  entered: ReadonlyMap<CellKey, Value>,
  listRows: readonly ListRow[],
): Map<CellKey, Value> {
  return new FormGrid(model, entered, listRows).computeAll();
}

type Known = Value | typeof UNDEFINED;

class FormGrid implements Grid {
  private readonly cells = new Map<CellKey, Cell>();
  private readonly sheetOf = new Map<string, Sheet>();
  private readonly rowsOf = new Map<string, string[]>();
  private readonly known = new Map<CellKey, Known>();
  private readonly shown = new Map<CellKey, Value>();
  private readonly underWay = new Set<CellKey>();

  constructor(
    model: FormModel,
    private readonly entered: ReadonlyMap<CellKey, Value>,
    listRows: readonly ListRow[],
  ) {
    for (const sheet of model.sheets) {
      for (const row of sheet.rows) this.sheetOf.set(row.id, sheet);
      for (const cell of sheet.cells) this.cells.set(keyOf(cell.row, cell.column), cell);
      for (const list of sheet.lists) {
        const rows = sortedRows(listRows, list.id).map((row) => row.id);
        this.rowsOf.set(list.id, rows);
        for (const row of rows) {
          this.sheetOf.set(row, sheet);
          for (const cell of list.cells) this.cells.set(keyOf(row, cell.column), cell);
        }
      }
    }
  }

  computeAll(): Map<CellKey, Value> {
    for (const [key, cell] of this.cells) if (cell.kind === "computed" && cell.expression) this.value(key);
    return this.shown;
  }

  value(key: CellKey): Known {
    const cell = this.cells.get(key);
    if (!cell) return BLANK;
    const value = this.standing(key, cell);
    return value !== UNDEFINED && cell.limits?.day ? counted(value) : value;
  }

  private standing(key: CellKey, cell: Cell): Known {
    if (cell.kind === "input") return this.entered.get(key) ?? BLANK;
    if (cell.kind === "not_applicable") return NOT_APPLICABLE;
    if (cell.kind === "label") return constant(cell);
    return this.known.get(key) ?? this.compute(key, cell);
  }

  private compute(key: CellKey, cell: Cell): Known {
    // Publishing refuses circles; a draft that has one shows blanks instead of hanging.
    if (!cell.expression || this.underWay.has(key)) return UNDEFINED;
    if (readsOutside(cell.expression as unknown as Tree)) {
      const kept = this.entered.get(key) ?? BLANK;
      this.known.set(key, kept);
      this.shown.set(key, kept);
      return kept;
    }
    this.underWay.add(key);
    const { row } = splitKey(key);
    const result = evaluate(cell.expression as unknown as Tree, this, row);
    const outcome = cell.limits?.day ? asDay(result) : result;
    this.underWay.delete(key);
    this.known.set(key, outcome.problem ? UNDEFINED : outcome.value);
    this.shown.set(key, atPrecision(outcome.value, cell.precision));
    return this.known.get(key) ?? BLANK;
  }

  *span(from: CellKey, to: CellKey): Generator<CellKey> {
    const first = splitKey(from);
    const last = splitKey(to);
    const sheet = this.sheetOf.get(first.row);
    if (!sheet || this.sheetOf.get(last.row) !== sheet) return;
    const columns = between(sheet.columns.map((column) => column.id), first.column, last.column);
    const rows =
      first.row === last.row ? [first.row] : between(sheet.rows.map((row) => row.id), first.row, last.row);
    for (const row of rows) for (const column of columns) yield keyOf(row, column);
  }

  listed(list: string, column: string): CellKey[] {
    return (this.rowsOf.get(list) ?? []).map((row) => keyOf(row, column));
  }
}

function between(ids: string[], first: string, last: string): string[] {
  const [start, end] = [ids.indexOf(first), ids.indexOf(last)].sort((a, b) => a - b);
  return start === undefined || end === undefined || start < 0 ? [] : ids.slice(start, end + 1);
}

/** What a cell that nobody fills is worth to a formula: a number or text printed in the form. */
function constant(cell: Cell): Value {
  if (!cell.text) return BLANK;
  return cell.type === "number" ? { number: cell.text } : { text: cell.text };
}

/** What formulas read of a cell that holds a day: its number. */
function counted(value: Value): Value {
  const number = "text" in value ? numberOfDay(value.text) : null;
  return number === null ? value : { number };
}

/** The result of a cell that shows days: the one that a number counts. */
function asDay(outcome: Outcome): Outcome {
  if (!("number" in outcome.value)) return outcome;
  const text = dayNumbered(outcome.value.number);
  return text === null ? { value: BLANK, problem: "forms.expression.not_a_day" } : { value: { text } };
}

export function atPrecision(value: Value, precision: number | null | undefined): Value {
  if (!("number" in value) || precision === null || precision === undefined) return value;
  return { number: plain(new Decimal(new Decimal(value.number).toFixed(precision, Decimal.ROUND_HALF_UP))) };
}
