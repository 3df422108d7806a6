import type { CellType, Limits } from "./model";
import { editableNumber, formatNumber, parseTyped } from "./numbers";

/** The limits of a cell in the words of the server's `Limits.in_words`; nothing where nothing more is asked. */
export function limitWords(limits: Limits | null | undefined): string[] {
  if (!limits) return [];
  const { least, most, longest, choices = [], day } = limits;
  const span = [least ? `từ ${formatNumber(least)}` : "", most ? `${least ? "đến" : "không quá"} ${formatNumber(most)}` : ""].filter(Boolean).join(" ");
  return [span, choices.length > 0 ? `Một trong ${choices.length} giá trị cho sẵn` : "", day ? "Ngày như 05/11/2026" : "", longest ? `Nhiều nhất ${longest} ký tự` : ""].filter(Boolean);
}

/** Limits as a designer types them. */
export interface LimitDraft {
  least: string;
  most: string;
  longest: number | null;
  choices: string;
  day: boolean;
}

export const limitDraft = (limits: Limits | null | undefined): LimitDraft => ({
  least: limits?.least ? editableNumber(limits.least) : "",
  most: limits?.most ? editableNumber(limits.most) : "",
  longest: limits?.longest ?? null,
  choices: (limits?.choices ?? []).join("\n"),
  day: limits?.day ?? false,
});

/** As the service takes them, or what is wrong in words; none where nothing is limited. */
export function limitsOf(draft: LimitDraft, type: CellType): { limits: Limits | null } | { fault: string } {
  if (type === "text") {
    const choices = [...new Set(draft.choices.split("\n").map((one) => one.trim()).filter(Boolean))];
    const limits: Limits = { ...(draft.longest !== null && { longest: draft.longest }), ...(choices.length > 0 && { choices }), ...(draft.day && { day: true }) };
    return { limits: Object.keys(limits).length > 0 ? limits : null };
  }
  const limits: Limits = {};
  for (const [name, typed] of [
    ["least", draft.least],
    ["most", draft.most],
  ] as const) {
    if (typed.trim() === "") continue;
    const read = parseTyped(typed);
    if (!read.ok) return { fault: read.message };
    limits[name] = read.number;
  }
  return { limits: Object.keys(limits).length > 0 ? limits : null };
}
