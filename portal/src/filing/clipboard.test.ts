import { describe, expect, it } from "vitest";

import type { Cell, Value } from "@/forms/model";

import { parseBlock, toBlock } from "./clipboard";
import { planPaste, type Target } from "./paste";

describe("a block from a spreadsheet", () => {
  it("keeps its blank cells, also at the end of a line", () => {
    expect(parseBlock("1\t\t3\r\n\t5\t\r\n")).toEqual([
      ["1", "", "3"],
      ["", "5", ""],
    ]);
  });

  it("reads a quoted cell with a line break and a quote inside as one cell", () => {
    expect(parseBlock('"Đường\n""A"""\t2')).toEqual([['Đường\n"A"', "2"]]);
  });

  it("leaves a lone quote in the text", () => {
    expect(parseBlock('"Tuyến A" nối dài\t2')).toEqual([['"Tuyến A" nối dài', "2"]]);
  });

  it("comes back the same after copying", () => {
    const rows = [
      ["a\tb", "1,5"],
      ['nói "không"', ""],
    ];
    expect(parseBlock(toBlock(rows))).toEqual(rows);
  });
});

describe("pasting", () => {
  const input: Cell = { row: "r", column: "c", a1: "A1", kind: "input", type: "number" };
  const grid: Record<string, { cell: Cell; current: Value }> = {
    "0,0": { cell: input, current: { number: "5" } },
    "0,1": { cell: input, current: { blank: true } },
    "1,0": { cell: { ...input, kind: "computed" }, current: { number: "9" } },
    "1,1": { cell: { ...input, kind: "not_applicable" }, current: { not_applicable: true } },
  };
  const targetAt = (row: number, column: number): Target | null => {
    const found = grid[`${row},${column}`];
    return found ? { row: String(row), column: String(column), ...found } : null;
  };

  it("asks before a blank cell takes a figure away, and doesn't touch a blank with a blank", () => {
    const plan = planPaste([["", ""]], targetAt);
    expect(plan.blanks).toEqual([{ row: "0", column: "0" }]);
    expect(plan.writes).toEqual([]);
  });

  it("writes into input cells alone and counts what it left out", () => {
    const plan = planPaste(
      [
        ["1", " 2,5 "],
        ["3", "4"],
      ],
      targetAt,
    );
    expect(plan.writes.map((write) => write.text)).toEqual(["1", "2,5"]);
    expect(plan.skipped.map((skip) => skip.why)).toEqual(["computed", "not_applicable"]);
  });

  it("hands back the lines below the table", () => {
    expect(planPaste([["1"], ["2"], ["3"]], targetAt).beyond).toEqual([["3"]]);
  });
});
