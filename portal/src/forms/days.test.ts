import { describe, expect, it } from "vitest";

import { dayNumbered, numberOfDay } from "./days";
import { compute } from "./echo";
import { keyOf, type Cell, type FormModel, type Value } from "./model";
import type { Tree } from "./tree";

describe("a day and its number", () => {
  it.each([
    ["30/12/1899", "0"],
    ["01/03/1900", "61"],
    ["01/01/2026", "46023"],
    ["31/12/9999", "2958465"],
  ])("%s is %s", (day, number) => {
    expect(numberOfDay(day)).toBe(number);
    if (number !== "0") expect(dayNumbered(`${number}.75`)).toBe(day);
  });

  it.each(["31/02/2026", "29/02/2026", "00/01/2026", "01/13/2026", "01/01/0000", "2026-01-01", "tuần sau"])("%s is no day", (text) => {
    expect(numberOfDay(text)).toBeNull();
  });

  it("knows no day before the first and after the year 9999", () => {
    expect([dayNumbered("0"), dayNumbered("-3"), dayNumbered("2958466")]).toEqual([null, null, null]);
  });
});

const cell = (column: string): Tree => ({ op: "cell", row: "R.1", column });
const ten: Tree = { op: "number", value: "10" };

function ofDays(): FormModel {
  const letters = ["A", "B", "C", "D"];
  const day = (column: string, expression?: Tree): Cell => ({
    row: "R.1",
    column,
    a1: `${column}1`,
    kind: expression ? "computed" : "input",
    type: "text",
    limits: { day: true },
    expression: expression as Cell["expression"],
  });
  const late: Cell = { row: "R.1", column: "C", a1: "C1", kind: "computed", type: "number", expression: { op: "subtract", left: cell("B"), right: cell("A") } as Cell["expression"] };
  return {
    schema_version: "forms/1",
    fingerprint: "",
    sheets: [
      {
        name: "Trang",
        title: "",
        header_rows: [],
        columns: letters.map((letter) => ({ id: letter, letter, path: [letter] })),
        rows: [{ id: "R.1", index: 1, kind: "fixed", label: "Hồ sơ", level: 0 }],
        cells: [day("A"), day("B"), late, day("D", { op: "add", left: cell("B"), right: ten })],
        lists: [],
        texts: [],
        merges: [],
      },
    ],
  };
}

const computed = (typed: Record<string, string>): Record<string, Value | undefined> => {
  const entered = new Map(Object.entries(typed).map(([column, text]) => [keyOf("R.1", column), { text }]));
  const found = compute(ofDays(), entered, []);
  return { C: found.get(keyOf("R.1", "C")), D: found.get(keyOf("R.1", "D")) };
};

describe("the echo of a form with days", () => {
  it("subtracts days and adds to them", () => {
    expect(computed({ A: "30/11/2026", B: "02/12/2026" })).toEqual({ C: { number: "2" }, D: { text: "12/12/2026" } });
  });

  it("leaves blank what isn't a day", () => {
    expect(computed({ A: "30/11/2026", B: "tuần sau" })).toEqual({ C: { blank: true }, D: { blank: true } });
  });
});
