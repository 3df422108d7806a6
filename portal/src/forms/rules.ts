import { addressOf, sheetOfCell } from "./a1";
import { keyOf, type Cell, type FormModel, type Rule, type RuleCell } from "./model";
import { OWN_ROW, references, type Outside, type Reference, type Source, type Tree } from "./tree";

export const SEVERITIES = {
  error: { label: "Lỗi", hint: "Lỗi: chặn trình báo cáo", colour: "red" },
  warning: { label: "Cảnh báo", hint: "Cảnh báo: phải giải trình mới trình được", colour: "gold" },
  information: { label: "Lưu ý", hint: "Lưu ý: chỉ nhắc người nhập", colour: "blue" },
} as const;

/** The rules that are about each cell; of a rule in a list, about the list's column. */
export function rulesByCell(rules: readonly Rule[]): Map<string, Rule[]> {
  const found = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const cell of rule.cells) {
      const key = keyOf(cell.row === OWN_ROW ? (rule.list_id ?? "") : cell.row, cell.column);
      found.set(key, [...(found.get(key) ?? []), rule]);
    }
  }
  return found;
}

/** A figure that has to be typed so that rules can be tried. */
export interface TrialField {
  source: Source;
  row: string;
  column: string;
  label: string;
}

/** Of a condition (ids in brackets) what must be typed: input cells, also those that computed cells stand on. */
export function trialFields(model: FormModel, conditions: readonly string[], most = 60): TrialField[] {
  const cells = new Map(cellsOf(model).map((cell) => [keyOf(cell.row, cell.column), cell]));
  const found = new Map<string, TrialField>();
  const seen = new Set<string>();
  const own = (row: string, column: string): void => {
    const key = keyOf(row, column);
    const cell = cells.get(key);
    if (!cell || seen.has(key)) return;
    seen.add(key);
    if (cell.kind === "input") put(found, { source: {}, row, column, label: addressOf(model, row, column) ?? cell.a1 });
    if (cell.kind === "computed" && cell.expression) for (const part of references(cell.expression as unknown as Tree)) reach(part);
  };
  const reach = (part: Reference | Outside): void => {
    if (part.op === "outside") for (const key of covered(model, part.reference)) put(found, elsewhere(model, part, key.row, key.column));
    else for (const key of covered(model, part)) own(key.row, key.column);
  };
  for (const condition of conditions) for (const part of referencesIn(condition)) reach(part);
  return [...found.values()].slice(0, most);
}

function put(found: Map<string, TrialField>, field: TrialField): void {
  const key = [field.source.form ?? "", field.source.period ?? "", field.row, field.column].join("\u0000");
  if (!found.has(key)) found.set(key, field);
}

function elsewhere(model: FormModel, source: Source, row: string, column: string): TrialField {
  const { form, period } = source;
  const place = form === undefined ? (addressOf(model, row, column) ?? `${row}:${column}`) : `${row}:${column}`;
  const words = [form === undefined ? "" : `Biểu ${form}`, period === "previous" ? "Kỳ trước" : period === "last_year" ? "Cùng kỳ" : ""];
  return { source: { ...(form !== undefined && { form }), ...(period && { period }) }, row, column, label: `${words.filter(Boolean).join(", ")}: ${place}` };
}

const REFERENCE = /"(?:[^"]|"")*"|(?:'((?:[^']|'')+)'!)?(?:(PREVIOUS|LAST_YEAR)!)?(?:\[([^[\]:{}]+):([^[\]:{}]+)\](?:\.\.\[([^[\]:{}]+):([^[\]:{}]+)\])?|\{([^[\]:{}]+):([^[\]:{}]+)\})/g;

/** The references written in a condition, found by their brackets; what else is in it is the server's to judge. */
export function referencesIn(condition: string): (Reference | Outside)[] {
  return [...condition.matchAll(REFERENCE)].flatMap((match): (Reference | Outside)[] => {
    const [, form, period, row, column, toRow, toColumn, list, listed] = match;
    const reference: Reference | null =
      list !== undefined && listed !== undefined
        ? { op: "list", list, column: listed }
        : row === undefined || column === undefined
          ? null
          : toRow !== undefined && toColumn !== undefined
            ? { op: "range", from: { row, column }, to: { row: toRow, column: toColumn } }
            : { op: "cell", row, column };
    if (!reference) return [];
    if (form === undefined && period === undefined) return [reference];
    return [
      {
        op: "outside",
        reference,
        ...(form !== undefined && { form: form.replaceAll("''", "'") }),
        ...(period !== undefined && { period: period === "PREVIOUS" ? ("previous" as const) : ("last_year" as const) }),
      },
    ];
  });
}

/** Of a list the pattern stands for its rows: one is enough for a trial. */
function covered(model: FormModel, reference: Reference): RuleCell[] {
  switch (reference.op) {
    case "list":
      return [{ row: reference.list, column: reference.column }];
    case "cell":
      return [{ row: reference.row, column: reference.column }];
    case "range": {
      const sheet = sheetOfCell(model, reference.from.row);
      const rows = between(sheet?.rows.map((row) => row.id) ?? [], reference.from.row, reference.to.row);
      const columns = between(sheet?.columns.map((column) => column.id) ?? [], reference.from.column, reference.to.column);
      return rows.flatMap((row) => columns.map((column) => ({ row, column })));
    }
  }
}

function between(ids: readonly string[], first: string, last: string): string[] {
  if (first === last) return [first];
  const [start = -1, end = -1] = [ids.indexOf(first), ids.indexOf(last)].sort((a, b) => a - b);
  return start < 0 ? [] : ids.slice(start, end + 1);
}

function cellsOf(model: FormModel): Cell[] {
  return model.sheets.flatMap((sheet) => [...sheet.cells, ...sheet.lists.flatMap((list) => list.cells)]);
}
