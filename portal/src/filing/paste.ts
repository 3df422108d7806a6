import type { Cell, Value } from "@/forms/model";
import { isBlank } from "@/forms/model";

/** One cell that a pasted block falls on. */
export interface Target {
  row: string;
  column: string;
  cell: Cell | undefined;
  current: Value;
}

export interface PastePlan {
  /** What will be written as if typed. */
  writes: { row: string; column: string; text: string }[];
  /** Blank cells of the block that lie on a figure: never overwritten unasked. */
  blanks: { row: string; column: string }[];
  /** Cells that take no entry; what was pasted there is dropped and counted. */
  skipped: { row: string; column: string; text: string; why: "computed" | "label" | "not_applicable" }[];
  /** Rows of the block below the last row of the table. */
  beyond: string[][];
}

/** `targetAt` answers null below or right of the table. */
export function planPaste(
  block: readonly (readonly string[])[],
  targetAt: (rowOffset: number, columnOffset: number) => Target | null,
): PastePlan {
  const plan: PastePlan = { writes: [], blanks: [], skipped: [], beyond: [] };
  block.forEach((line, rowOffset) => {
    if (targetAt(rowOffset, 0) === null) {
      if (line.some((text) => text.trim() !== "")) plan.beyond.push([...line]);
      return;
    }
    line.forEach((text, columnOffset) => {
      const target = targetAt(rowOffset, columnOffset);
      if (target) place(plan, target, text);
    });
  });
  return plan;
}

function place(plan: PastePlan, target: Target, text: string): void {
  const { row, column, cell, current } = target;
  const blank = text.trim() === "";
  if (!cell || cell.kind !== "input") {
    const why = cell && cell.kind !== "input" ? cell.kind : "label";
    // What stands there already (a label, a total, an "x") comes along with a copied block; only more is worth a word.
    if (!blank) plan.skipped.push({ row, column, text, why });
    return;
  }
  if (blank) {
    if (!isBlank(current)) plan.blanks.push({ row, column });
    return;
  }
  plan.writes.push({ row, column, text: text.trim() });
}
