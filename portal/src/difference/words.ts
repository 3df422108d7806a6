import { Decimal } from "decimal.js";

import { isBlank, type Value } from "@/forms/model";
import { formatNumber } from "@/forms/numbers";

import type { CellName, Compared } from "./api";

/** A value as both sides of a comparison show it: a blank is said, never left out. */
export function valueWords(value: Value, name: Pick<CellName, "computed" | "precision">): string {
  if (isBlank(value)) return "(trống)";
  if ("number" in value) return formatNumber(value.number, name.computed ? name.precision : null);
  return "text" in value ? value.text : "x";
}

/** How much a number grew or fell; nothing where either side isn't a number. */
export function changeWords(before: Value, after: Value, name: Pick<CellName, "computed" | "precision">): string {
  if (!("number" in before) || !("number" in after)) return "";
  const change = new Decimal(after.number).minus(before.number);
  const shown = formatNumber(change.toFixed(), name.computed ? name.precision : null);
  return change.isPositive() ? `+${shown}` : shown;
}

export const placeWords = (name: CellName): string => [name.a1, name.row_name].filter(Boolean).join(" · ");

/** "3 ô nhập, 2 ô tính, 1 đoạn thuyết minh": what changed, counted. */
export function summary({ forms, narrative }: Compared): string {
  const cells = forms.flatMap((form) => form.cells);
  const computed = cells.filter((cell) => cell.computed).length;
  const parts = [
    count(cells.length - computed, "ô nhập"),
    count(computed, "ô tính"),
    count(sum(forms.map((form) => form.rows_added.length)), "dòng thêm"),
    count(sum(forms.map((form) => form.rows_removed.length)), "dòng bỏ"),
    count(sum(forms.map((form) => form.rows_moved)), "dòng đổi chỗ"),
    count(narrative.length, "mục thuyết minh"),
  ].filter(Boolean);
  return parts.length === 0 ? "không có khác biệt về số liệu và thuyết minh" : parts.join(", ");
}

const count = (number: number, what: string): string => (number === 0 ? "" : `${number} ${what}`);
const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
