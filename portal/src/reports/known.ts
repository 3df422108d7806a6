import { call } from "@/api/http";
import { shownValue } from "@/filing/entries";
import { isBlank, keyOf, sameValue, splitKey, type CellKey, type Value } from "@/forms/model";
import type { Offer } from "@/grid/context";
import { day } from "@/shared/dates";

import type { FilingDesk } from "./filingDesk";

/** Where a figure stands already. */
export interface Place {
  why: "indicator" | "link" | "running_total";
  level: "draft" | "unit_approved" | "accepted";
  report_id: string;
  words: string;
  approved_at: string | null;
}

/** A figure that the system has for a cell, the best one first. */
export interface Known {
  row: string;
  column: string;
  a1: string | null;
  value: Value;
  place: Place;
  others: { value: Value; place: Place }[];
}

export const LEVEL_WORDS: Record<Place["level"], string> = {
  draft: "đang nhập trong báo cáo này",
  unit_approved: "đơn vị đã duyệt",
  accepted: "cơ quan chủ trì đã duyệt",
};

/** A running total names its two parts; how far the earlier one has come goes without saying: only accepted ones count. */
export function sourceWords({ why, words, level, approved_at }: Place): string {
  if (why === "running_total") return words;
  return `${words} (${LEVEL_WORDS[level]}${approved_at ? `, ngày ${day(approved_at)}` : ""})`;
}

export function offersOf(known: readonly Known[]): Map<CellKey, Offer> {
  return new Map(
    known.map((one) => {
      const others = one.others.map((other) => `; nơi khác ghi ${shownValue(other.value, undefined)}: ${sourceWords(other.place)}`);
      return [keyOf(one.row, one.column), { value: one.value, words: `${offerWords(one)}${others.join("")}` }];
    }),
  );
}

function offerWords({ value, place }: Known): string {
  const shown = shownValue(value, undefined);
  return place.why === "running_total" ? `Lũy kế là ${shown}: ${place.words}` : `Đã có ${shown} ở ${sourceWords(place)}`;
}

/** Those that stand for nothing yet, and those that would replace another figure. */
export function sorted(known: readonly Known[], desk: FilingDesk): { blank: Known[]; differing: Known[] } {
  const standing = (one: Known) => desk.store.value(keyOf(one.row, one.column));
  return {
    blank: known.filter((one) => isBlank(standing(one))),
    differing: known.filter((one) => !isBlank(standing(one)) && !sameValue(standing(one), one.value)),
  };
}

/** One act takes them over; what was typed before is saved first, so that nothing crosses it on the way. */
export async function takeKnown(desk: FilingDesk, path: string, keys: readonly CellKey[]): Promise<void> {
  await desk.autosave.flush();
  const cells = keys.map((key) => ({ ...splitKey(key), expected_version: desk.store.serverCell(key)?.version ?? 0 }));
  await call("submission", `${path}:take`, { method: "POST", body: { cells } });
}
