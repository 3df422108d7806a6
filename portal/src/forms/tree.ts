import { keyOf, type CellKey } from "./model";

/** The syntax tree as libs/forms writes it in a cell's `expression`. */
export interface CellRef {
  op: "cell";
  row: string;
  column: string;
}
interface Corner {
  row: string;
  column: string;
}
export type Reference = CellRef | { op: "range"; from: Corner; to: Corner } | { op: "list"; list: string; column: string };

/** Whose figures are meant: another form by its code, an earlier report of the unit, or both. */
export interface Source {
  form?: string;
  period?: "previous" | "last_year";
}
/** A reference to figures that don't stand in this form of this report. */
export type Outside = { op: "outside"; reference: Reference } & Source;

export type Tree =
  | { op: "number"; value: string }
  | { op: "text"; value: string }
  | { op: "boolean"; value: boolean }
  | Reference
  | Outside
  | { op: "negate" | "percent"; operand: Tree }
  | { op: "call"; function: string; arguments: Tree[] }
  | { op: Operator; left: Tree; right: Tree };

export type Operator = "add" | "subtract" | "multiply" | "divide" | "power" | Comparison;
export type Comparison = "equal" | "not_equal" | "less" | "less_or_equal" | "greater" | "greater_or_equal";

/** Stands for the row the formula itself is in: the cells of one row of a list. */
export const OWN_ROW = "@";

export function inRow(corner: Corner, ownRow: string | null): CellKey {
  return keyOf(corner.row === OWN_ROW && ownRow !== null ? ownRow : corner.row, corner.column);
}

export const readsOutside = (tree: Tree): boolean => [...references(tree)].some((found) => found.op === "outside");

export function* references(tree: Tree): Generator<Reference | Outside> {
  switch (tree.op) {
    case "cell":
    case "range":
    case "list":
    case "outside":
      yield tree;
      return;
    case "negate":
    case "percent":
      yield* references(tree.operand);
      return;
    case "call":
      for (const argument of tree.arguments) yield* references(argument);
      return;
    case "number":
    case "text":
    case "boolean":
      return;
    default:
      yield* references(tree.left);
      yield* references(tree.right);
  }
}
