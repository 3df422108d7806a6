import { describe, expect, it } from "vitest";

import { headerOf, layoutOf } from "./layout";
import type { Column, Sheet } from "./model";

const column = (id: string, ...path: string[]): Column => ({ id, letter: id, path });

describe("the header", () => {
  it("merges neighbours under one text and lets a short column reach down", () => {
    const header = headerOf([
      column("A", "STT"),
      column("B", "Thực hiện", "Tháng"),
      column("C", "Thực hiện", "Lũy kế"),
      column("D", "So sánh (%)", "Kế hoạch"),
    ]);
    expect(header).toEqual([
      [
        { text: "STT", span: 1, depth: 2, column: "A" },
        { text: "Thực hiện", span: 2, depth: 1, column: "B" },
        { text: "So sánh (%)", span: 1, depth: 1, column: "D" },
      ],
      [
        { text: "Tháng", span: 1, depth: 1, column: "B" },
        { text: "Lũy kế", span: 1, depth: 1, column: "C" },
        { text: "Kế hoạch", span: 1, depth: 1, column: "D" },
      ],
    ]);
  });

  it("never merges two columns of one name", () => {
    expect(headerOf([column("A", "Tổng"), column("B", "Tổng")])[0]).toHaveLength(2);
  });
});

it("puts the rows of a list between the fixed rows, in their order", () => {
  const sheet: Sheet = {
    name: "DTC",
    title: "",
    header_rows: [],
    columns: [column("A", "TT"), column("B", "Dự án")],
    rows: [
      { id: "total", index: 12, kind: "total", label: "Tổng", level: 0 },
      { id: "note", index: 20, kind: "note", label: "Ghi chú", level: 0 },
    ],
    cells: [],
    lists: [{ id: "L", first_row: 13, last_row: 15, cells: [{ row: "L", column: "B", a1: "B13", kind: "input" }] }],
    texts: [],
    merges: [],
    frozen_at: "B13",
  };
  const layout = layoutOf(sheet, [
    { id: "r2", list_id: "L", order: 2 },
    { id: "r1", list_id: "L", order: 1 },
  ]);
  expect(layout.rows.map((row) => [row.id, row.order])).toEqual([
    ["total", undefined],
    ["r1", 1],
    ["r2", 2],
    ["note", undefined],
  ]);
  expect([...layout.frozen]).toEqual(["A"]);
});
