import type { Cell, FormModel, Sheet } from "./model";

/** Two sheets; in the first A1 is computed from A2 and the previous period's A3. */
export function twoSheets(): FormModel {
  const first = sheet("Trang một", "R", 3);
  const computed = first.cells[0];
  if (computed) {
    computed.kind = "computed";
    computed.expression = {
      op: "add",
      left: { op: "cell", row: "R.2", column: "A" },
      right: { op: "outside", period: "previous", reference: { op: "cell", row: "R.3", column: "A" } },
    };
  }
  return { schema_version: "forms/1", fingerprint: "", sheets: [first, sheet("Trang hai", "S", 1)] };
}

function sheet(name: string, prefix: string, height: number): Sheet {
  const columns = ["A", "B"];
  const rows = Array.from({ length: height }, (_, index) => `${prefix}.${index + 1}`);
  return {
    name,
    title: "",
    header_rows: [],
    columns: columns.map((letter) => ({ id: letter, letter, path: [letter] })),
    rows: rows.map((id, index) => ({ id, index: index + 1, kind: "fixed", label: id, level: 0 })),
    cells: rows.flatMap((row, index) => columns.map((column): Cell => ({ row, column, a1: `${column}${index + 1}`, kind: "input", type: "number" }))),
    lists: [],
    texts: [],
    merges: [],
  };
}
