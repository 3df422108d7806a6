import { fromAddresses, reference, toAddresses } from "@/forms/a1";
import type { Cell, FormModel, Rule, RuleText, Sheet } from "@/forms/model";
import type { TrialField } from "@/forms/rules";

import type { TrialRequest, TypedFigure } from "./api";

/** A rule as the designer types it, with the workbook's addresses in its condition. */
export interface RuleDraft extends Pick<RuleText, "id" | "severity" | "message"> {
  typed: string;
  listId: string | null;
  /** What is saved, if it is. */
  saved: Rule | null;
}

export function draftOf(rule: Rule, model: FormModel): RuleDraft {
  return { id: rule.id, severity: rule.severity, message: rule.message, typed: toAddresses(rule.condition, model), listId: rule.list_id ?? null, saved: rule };
}

export function newDraft(drafts: readonly RuleDraft[]): RuleDraft {
  const taken = new Set(drafts.map((draft) => draft.id));
  let number = drafts.length + 1;
  while (taken.has(`QT${number}`)) number += 1;
  return { id: `QT${number}`, severity: "warning", message: "", typed: "", listId: null, saved: null };
}

/** As the service takes it; where the condition stays, so do the cells somebody chose for it. */
export function ruleOf(draft: RuleDraft, model: FormModel, home: Sheet): RuleText {
  const { condition } = fromAddresses(draft.typed.trim(), model, home);
  const kept = draft.saved?.condition === condition ? draft.saved.cells : [];
  return { id: draft.id.trim(), severity: draft.severity, condition, message: draft.message.trim(), list_id: draft.listId, cells: kept };
}

/** What keeps a draft from being sent, in words; the service judges the rest. */
export function faultsOf(draft: RuleDraft, drafts: readonly RuleDraft[], model: FormModel, home: Sheet): string[] {
  const { unknown } = fromAddresses(draft.typed, model, home);
  return [
    draft.id.trim() === "" ? "Chưa có mã quy tắc." : "",
    drafts.filter((other) => other.id.trim() === draft.id.trim()).length > 1 ? "Mã này đã dùng cho quy tắc khác." : "",
    draft.typed.trim() === "" ? "Chưa có điều kiện." : "",
    unknown.length > 0 ? `Biểu không có ô ${unknown.join(", ")}.` : "",
    draft.message.trim() === "" ? "Chưa có lời thông báo." : "",
  ].filter(Boolean);
}

/** What a click on a cell writes into the condition. */
export function pickedText(cell: Cell, inList: boolean, draft: RuleDraft): string {
  if (!inList) return cell.a1;
  return draft.listId === cell.row ? reference({ row: "@", column: cell.column }) : `{${cell.row}:${cell.column}}`;
}

const TRIAL_ROW = "thu-1";

export const fieldKey = (field: TrialField): string => [field.source.form ?? "", field.source.period ?? "", field.row, field.column].join("|");

/** In a trial every list has one row. */
export function trialRequest(model: FormModel, rules: RuleText[], fields: readonly TrialField[], typed: ReadonlyMap<string, string>): TrialRequest {
  const lists = model.sheets.flatMap((sheet) => sheet.lists.map((list) => list.id));
  const rowOf = (row: string): string => (lists.includes(row) ? `${TRIAL_ROW}-${row}` : row);
  const figures: TypedFigure[] = [];
  const elsewhere = new Map<string, TrialRequest["elsewhere"][number]>();
  for (const field of fields) {
    const raw = typed.get(fieldKey(field)) ?? "";
    if (raw.trim() === "") continue;
    const { form, period } = field.source;
    if (form === undefined && period === undefined) {
      figures.push({ row: rowOf(field.row), column: field.column, raw });
      continue;
    }
    const key = `${form ?? ""}|${period ?? ""}`;
    const there = elsewhere.get(key) ?? { ...field.source, figures: [] };
    there.figures.push({ row: field.row, column: field.column, raw });
    elsewhere.set(key, there);
  }
  const list_rows = lists.map((list, index) => ({ id: rowOf(list), list_id: list, order: index + 1 }));
  return { figures, list_rows, elsewhere: [...elsewhere.values()], rules };
}
