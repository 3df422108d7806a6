import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";
import { keyOf } from "@/forms/model";
import type { Remark } from "@/grid/context";
import { reportKey, type Report } from "@/reports/api";

import type { Pin } from "./pins";

export interface Settled {
  done: boolean;
  answer: string;
  by: string;
  at: string;
}

export interface Place {
  form_version_id: string | null;
  row: string;
  column: string;
  section_id: string;
  note: string;
  /** Form, cell, row and column in words, or the paragraph. */
  words: string;
  settled: Settled | null;
}

export interface Act {
  sequence: number;
  action: string;
  name: string;
  words: string;
  revision: number;
  from_state: string;
  to_state: string;
  who_name: string;
  at: string;
  reason: string;
  comment: string;
  places: Place[];
}

const historyKey = (report: Report) => [...reportKey(report.id), "history", report.version] as const;

export function useHistory(report: Report, enabled = true) {
  return useQuery({
    queryKey: historyKey(report),
    queryFn: () => call<Page<Act>>("submission", `/reports/${report.id}/history`),
    enabled,
    // A save moves the report on: until the newer acts are here those known stay in sight, with what is being answered.
    placeholderData: (before) => before,
  });
}

/** The return that the unit is answering, or has answered with this revision. */
export function lastReturn(acts: readonly Act[] | undefined): Act | null {
  return [...(acts ?? [])].reverse().find((act) => act.to_state === "returned") ?? null;
}

export function useLastReturn(report: Report): Act | null {
  const history = useHistory(report, report.state === "returned" || report.revision > 1);
  return lastReturn(history.data?.items);
}

export const isSettled = (place: Place): boolean => place.settled?.done ?? false;

export interface Settling {
  act: number;
  place: number;
  done: boolean;
  answer: string;
}

export function useSettle(report: Report) {
  const queries = useQueryClient();
  return useMutation({
    // One after another: leaving the answer's field and ticking the box are two marks of the same place.
    scope: { id: `settle/${report.id}` },
    mutationFn: ({ act, place, ...body }: Settling) =>
      call<Page<Act>>("submission", `/reports/${report.id}/history/${act}/places/${place}`, { method: "PUT", body }),
    onSuccess: (history) => queries.setQueryData(historyKey(report), history),
  });
}

/** What the cells of one form show: what the report was returned for, and what this person is marking now. */
export function remarksOf(form: string, act: Act | null, pins: readonly Pin[]): Map<string, Remark[]> {
  const found = new Map<string, Remark[]>();
  const add = (row: string, column: string, remark: Remark) => {
    const key = keyOf(row, column);
    found.set(key, [...(found.get(key) ?? []), remark]);
  };
  for (const place of act?.places ?? []) {
    if (place.form_version_id === form) add(place.row, place.column, { note: place.note, kind: isSettled(place) ? "settled" : "returned" });
  }
  for (const pin of pins) {
    if (pin.form_version_id === form) add(pin.row, pin.column, { note: pin.note, kind: "marking" });
  }
  return found;
}
