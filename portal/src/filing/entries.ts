import { BLANK, isBlank, type Cell, type Value } from "@/forms/model";
import { editableNumber, formatNumber, parseTyped } from "@/forms/numbers";

/** What a person's typing becomes: a value, or a refusal that keeps the typed text at the cell. */
export type Entry = { ok: true; value: Value } | { ok: false; raw: string; message: string };

export function readEntry(cell: Cell | undefined, typed: string): Entry {
  const text = typed.normalize("NFC");
  if (text.trim() === "") return { ok: true, value: BLANK };
  if (cell?.type === "text") return { ok: true, value: { text: text.trim() } };
  const reading = parseTyped(text);
  return reading.ok ? { ok: true, value: { number: reading.number } } : { ok: false, raw: text, message: reading.message };
}

/** The value as read on the screen. */
export function shownValue(value: Value | undefined, cell: Cell | undefined): string {
  if (value === undefined || isBlank(value)) return "";
  if ("number" in value) return formatNumber(value.number, cell?.kind === "computed" ? cell.precision : null);
  if ("text" in value) return value.text;
  return "x";
}

/** The value as it is edited and copied: no grouping, nothing rounded. */
export function editableValue(value: Value | undefined): string {
  if (value === undefined || isBlank(value)) return "";
  if ("number" in value) return editableNumber(value.number);
  return "text" in value ? value.text : "x";
}
