import { weightOf, type IndicatorSet, type SetBody, type SetGroup } from "./sets";

export interface DraftItem {
  indicator_id: string;
  /** As typed: what can't be read stays in sight until it is put right. */
  weight: string;
}

export interface DraftGroup {
  /** Its own on this page, so that a group that is moved takes its fields along. */
  key: string;
  name: string;
  weight: string;
  items: DraftItem[];
}

/** A set as it is being changed here. */
export interface SetDraft {
  name: string;
  note: string;
  groups: DraftGroup[];
}

export const shownWeight = (weight: string | null) => (weight === null ? "" : weight.replace(".", ","));

export function isWeight(typed: string): boolean {
  return typed.trim() === "" || weightOf(typed) !== null;
}

export function draftOf({ name, note, groups }: IndicatorSet): SetDraft {
  return {
    name,
    note,
    groups: groups.map((group, index) => ({
      key: String(index),
      name: group.name,
      weight: shownWeight(group.weight),
      items: group.items.map((item) => ({ indicator_id: item.indicator_id, weight: shownWeight(item.weight) })),
    })),
  };
}

export function bodyOf({ name, note, groups }: SetDraft): SetBody {
  return {
    name,
    note,
    groups: groups.map((group): SetGroup => ({
      name: group.name,
      weight: weightOf(group.weight),
      items: group.items.map((item) => ({ indicator_id: item.indicator_id, weight: weightOf(item.weight) })),
    })),
  };
}

/** What keeps the set from being saved, in words. */
export function whyNotSaved({ name, groups }: SetDraft): string | null {
  if (name.trim() === "") return "Nhập tên bộ chỉ số.";
  if (groups.some((group) => group.name.trim() === "")) return "Nhập tên cho mọi nhóm.";
  const wrong = groups.flatMap((group) => [group.weight, ...group.items.map((item) => item.weight)]).find((weight) => !isWeight(weight));
  return wrong === undefined ? null : `Trọng số “${wrong}” không phải là số. Ghi như 0,25; để trống nếu không có trọng số.`;
}

export function newGroup(groups: readonly DraftGroup[]): DraftGroup {
  const next = Math.max(-1, ...groups.map((group) => Number(group.key))) + 1;
  return { key: String(next), name: `Nhóm ${groups.length + 1}`, weight: "", items: [] };
}
