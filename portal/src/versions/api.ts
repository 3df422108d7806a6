import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Value } from "@/forms/model";
import { filingKey, reportKey, type Person, type Report, type WhyNot } from "@/reports/api";

/** A figure that was entered and has no place in another version of its form. */
export interface Fallen {
  row: string;
  column: string;
  sheet: string;
  place: string;
  value: Value;
  reason: string;
  why: string;
}

export interface NewCell {
  row: string;
  column: string;
  sheet: string;
  place: string;
}

export interface Total extends NewCell {
  before: Value;
  after: Value;
}

export interface FormMove {
  form_code: string;
  form_name: string;
  from_version_id: string;
  from_number: number;
  to_version_id: string;
  to_number: number;
  /** Cells that are carried over. */
  kept: number;
  fallen: Fallen[];
  new_cells: NewCell[];
  totals: Total[];
}

export interface MovedForm {
  form_code: string;
  form_name: string;
  from_number: number;
  to_number: number;
  revision: number;
  kept: number;
  fallen: Fallen[];
  by: Person;
  at: string;
}

export interface FormMoves {
  last_edit: number;
  movable: boolean;
  why_not: WhyNot | null;
  waiting: FormMove[];
  done: MovedForm[];
}

const movesKey = (reportId: string) => [...reportKey(reportId), "form-moves"] as const;

export function useFormMoves(report: Report) {
  return useQuery({
    queryKey: movesKey(report.id),
    queryFn: () => call<FormMoves>("submission", `/reports/${report.id}/form-moves`),
    enabled: report.sees_figures,
    staleTime: 0,
  });
}

/** Names what was seen: the versions, the last edit, how many figures have no place. */
export function useMoveForms(report: Report, onMoved: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (seen: FormMoves) =>
      call<FormMoves>("submission", `/reports/${report.id}/form-moves`, {
        method: "POST",
        body: {
          forms: seen.waiting.map(({ from_version_id, to_version_id }) => ({ from_version_id, to_version_id })),
          last_edit: seen.last_edit,
          fallen: fallenIn(seen),
        },
      }),
    onSuccess: async (moves, seen) => {
      queries.setQueryData(movesKey(report.id), moves);
      // The report first: its grid of the old version is gone before that one is asked for again.
      await queries.invalidateQueries({ queryKey: reportKey(report.id), exact: true });
      for (const form of seen.waiting) queries.removeQueries({ queryKey: filingKey(report.id, form.from_version_id) });
      onMoved();
      await queries.invalidateQueries({ queryKey: reportKey(report.id) });
    },
  });
}

export const fallenIn = (moves: FormMoves): number => moves.waiting.reduce((sum, form) => sum + form.fallen.length, 0);
