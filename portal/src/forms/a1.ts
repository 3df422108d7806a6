import type { Cell, FormModel, Sheet } from "./model";

/**
 * Designers think in the workbook's addresses (G15) and say "kỳ trước", "cùng kỳ"; forms keep row and column ids.
 * Conditions are shown and typed in the designer's words; what has no address (lists, other forms) stays in ids.
 */
export function addressOf(model: FormModel, row: string, column: string): string | null {
  const cell = fixedCell(model, row, column);
  const sheet = sheetOfCell(model, row);
  if (!cell || !sheet) return null;
  return model.sheets.length > 1 ? `${quoted(sheet.name)}!${cell.a1}` : cell.a1;
}

export function sheetOfCell(model: FormModel, row: string): Sheet | undefined {
  return model.sheets.find((sheet) => sheet.rows.some((candidate) => candidate.id === row));
}

const OWN = /"(?:[^"]|"")*"|('(?:[^']|'')+'!)?((?:PREVIOUS|LAST_YEAR)!)?\[([^[\]:{}]+):([^[\]:{}]+)\](?:\.\.\[([^[\]:{}]+):([^[\]:{}]+)\])?/g;

const SHOWN_EARLIER = { "PREVIOUS!": "KY_TRUOC!", "LAST_YEAR!": "CUNG_KY!" } as const;
const TYPED_EARLIER = /"(?:[^"]|"")*"|(?<!\w)(?:KY_TRUOC|CUNG_KY)!/gi;

export function toAddresses(condition: string, model: FormModel): string {
  return addressed(condition, model).replace(/"(?:[^"]|"")*"|PREVIOUS!|LAST_YEAR!/g, (found) => (found in SHOWN_EARLIER ? SHOWN_EARLIER[found as keyof typeof SHOWN_EARLIER] : found));
}

function inOurWords(typed: string): string {
  return typed.replace(TYPED_EARLIER, (found) => (found.startsWith('"') ? found : found.toUpperCase() === "KY_TRUOC!" ? "PREVIOUS!" : "LAST_YEAR!"));
}

function addressed(condition: string, model: FormModel): string {
  return condition.replace(OWN, (whole: string, form?: string, earlier = "", row?: string, column?: string, toRow?: string, toColumn?: string) => {
    if (form !== undefined || row === undefined || column === undefined) return whole;
    const from = addressOf(model, row, column);
    if (from === null) return whole;
    if (toRow === undefined || toColumn === undefined) return earlier + from;
    const to = fixedCell(model, toRow, toColumn)?.a1;
    return to === undefined ? whole : `${earlier}${from}:${to}`;
  });
}

const TYPED = /"(?:[^"]|"")*"|\{[^}]*\}|(?:'(?:[^']|'')+'!)?(?:(?:PREVIOUS|LAST_YEAR)!)?\[[^\]]*\](?:\.\.\[[^\]]*\])?|(?<!\w)((?:PREVIOUS|LAST_YEAR)!)?(?:'((?:[^']|'')+)'!)?\$?([A-Za-z]{1,3})\$?([1-9]\d*)(?::\$?([A-Za-z]{1,3})\$?([1-9]\d*))?(?![\w(.])/g;

export interface Typed {
  condition: string;
  /** Addresses that no cell of the form has. */
  unknown: string[];
}

/** From what a designer typed to the language of forms. An address without a sheet lies in `home`. */
export function fromAddresses(typed: string, model: FormModel, home: Sheet | undefined): Typed {
  const unknown: string[] = [];
  const condition = inOurWords(typed).replace(
    TYPED,
    (whole: string, earlier = "", sheetName?: string, column?: string, row?: string, toColumn?: string, toRow?: string) => {
      if (column === undefined || row === undefined) return whole;
      const sheet = sheetName === undefined ? home : model.sheets.find((one) => one.name === sheetName.replaceAll("''", "'"));
      const from = cellAt(sheet, `${column}${row}`);
      const to = toColumn === undefined || toRow === undefined ? from : cellAt(sheet, `${toColumn}${toRow}`);
      if (!from || !to) {
        unknown.push(whole);
        return whole;
      }
      return earlier + reference(from) + (to === from ? "" : `..${reference(to)}`);
    },
  );
  return { condition, unknown };
}

export const reference = (cell: Pick<Cell, "row" | "column">): string => `[${cell.row}:${cell.column}]`;

const cellAt = (sheet: Sheet | undefined, a1: string): Cell | undefined => sheet?.cells.find((cell) => cell.a1 === a1.toUpperCase());

const fixedCell = (model: FormModel, row: string, column: string): Cell | undefined =>
  sheetOfCell(model, row)?.cells.find((cell) => cell.row === row && cell.column === column);

const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;
