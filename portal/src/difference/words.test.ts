import { describe, expect, it } from "vitest";

import { BLANK } from "@/forms/model";

import type { ChangedCell, Compared } from "./api";
import { changeWords, placeWords, summary, valueWords } from "./words";

const input = { computed: false, precision: null };
const percent = { computed: true, precision: 1 };
const cell = (computed: boolean): ChangedCell => ({
  sheet: "KTXH", row_name: "1.1 Lúa", column_name: "Ước tháng", measure: "tấn", a1: "G15", precision: 1, computed,
  row: "r", column: "G", before: { number: "5" }, after: { number: "7" },
});
const compared = (more: Partial<Compared>): Compared => ({ before: 1, after: 2, choices: [], forms: [], narrative: [], ...more });

describe("a difference in words", () => {
  it("says a blank and writes numbers as the form does", () => {
    expect(valueWords(BLANK, input)).toBe("(trống)");
    expect(valueWords({ number: "1593.3" }, input)).toBe("1.593,3");
    expect(valueWords({ number: "12.3456" }, percent)).toBe("12,3");
    expect(valueWords({ text: "Cầu" }, input)).toBe("Cầu");
  });

  it("gives the change of numbers exactly, and none where a side isn't one", () => {
    expect(changeWords({ number: "0.1" }, { number: "0.3" }, input)).toBe("+0,2");
    expect(changeWords({ number: "1000.5" }, { number: "5" }, input)).toBe("-995,5");
    expect(changeWords(BLANK, { number: "5" }, input)).toBe("");
  });

  it("counts what changed", () => {
    const form = { form_version_id: "f", form_code: "01", form_name: "Biểu", cells: [cell(false), cell(true)], rows_added: [], rows_removed: [], rows_moved: 0 };
    const section = { id: "I", heading: "I", before: "", after: "x" };
    expect(summary(compared({ forms: [form], narrative: [section] }))).toBe("1 ô nhập, 1 ô tính, 1 mục thuyết minh");
    expect(summary(compared({}))).toBe("không có khác biệt về số liệu và thuyết minh");
  });

  it("names a cell by its address and row; a list's row has no address", () => {
    expect(placeWords(cell(false))).toBe("G15 · 1.1 Lúa");
    expect(placeWords({ ...cell(false), a1: null, row_name: "Dòng 3" })).toBe("Dòng 3");
  });
});
