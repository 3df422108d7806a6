import { useQuery } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Deadline, Named, Page } from "@/api/types";
import type { CellMark } from "@/grid/context";
import type { FormModel, ListRow, Value } from "@/forms/model";

import type { Known, Place } from "./known";

export interface WhyNot {
  code: string;
  message: string;
  rule?: string | null;
  remedy?: string | null;
}

export interface ReportAction {
  action: string;
  name: string;
  allowed: boolean;
  why_not: WhyNot | null;
  needs_reason: boolean;
  /** Done with PIN and certificate in signing, not here. */
  in_signing: boolean;
}

export interface Person {
  account_id: string;
  name: string;
}

export interface FilingSummary {
  form_version_id: string;
  form_name: string;
  form_code: string;
  cells_filled: number;
  cells_total: number;
  errors: number;
  warnings: number;
}

export interface ReportSummary {
  id: string;
  version: number;
  state: string;
  state_name: string;
  revision: number;
  accepted_revision: number | null;
  unit: Named;
  lead_unit: Named;
  regime: Named;
  period: { key: string; label: string };
  deadline: Deadline;
  late: boolean;
  overdue: boolean;
  overdue_seconds: number;
  nil: boolean;
  imported: boolean;
  first_sent_at: string | null;
  sent_at: string | null;
  taken_in_at: string | null;
  number: string;
}

export interface Report extends ReportSummary {
  filings: FilingSummary[];
  actions: ReportAction[];
  /** Whose turn it is, in words. */
  turn: string;
  nil_allowed: boolean;
  last_edit: number;
  sees_figures: boolean;
  submitted_by: Person | null;
  submitted_to: Person | null;
  approved_by: Person | null;
  correction_due_at: string | null;
  /** One button for several acts of one account, where the province's rules join them. */
  one_act: { label: string; steps: string[] } | null;
}

export interface FilingCell {
  row: string;
  column: string;
  value: Value;
  version: number;
  by: string;
  at: string | null;
  /** Where the figure was taken over from. */
  origin?: Place | null;
}

export interface Check extends Partial<Omit<CellMark, "message">> {
  code: string;
  message: string;
  severity: CellMark["severity"];
  sheet?: string | null;
  row?: string | null;
  column?: string | null;
  a1?: string | null;
  form_version_id?: string | null;
  form_name?: string;
  /** The form's rule that speaks, and every cell it is about. */
  rule?: string | null;
  cells?: { sheet: string; row: string; column: string; a1?: string | null }[];
}

export interface FilingRow extends ListRow {
  version: number;
  deleted: boolean;
}

export interface Filing {
  last_edit: number;
  sealed: boolean;
  cells: FilingCell[];
  list_rows: FilingRow[];
  computed: { row: string; column: string; value: Value }[];
  validation: Check[];
  known: Known[];
  /** Rows, and lists by id, that other units answer for. */
  closed_rows: { row: string; units: string[] }[];
}

export interface Validation {
  errors: Check[];
  warnings: Check[];
  information: Check[];
}

export interface FormVersion {
  id: string;
  form_id: string;
  number: number;
  state: string;
  name?: string;
  model: FormModel;
}

export const reportKey = (id: string) => ["submission", "report", id] as const;
export const filingKey = (id: string, form: string) => ["submission", "report", id, "filing", form] as const;

export function useReport(id: string) {
  return useQuery({ queryKey: reportKey(id), queryFn: () => call<Report>("submission", `/reports/${id}`) });
}

export function useReports(query: Record<string, string | undefined>) {
  return useQuery({
    queryKey: ["submission", "reports", query],
    queryFn: () => call<Page<ReportSummary>>("submission", "/reports", { query }),
    placeholderData: (before) => before,
  });
}

/** A published version never changes, so it is asked for once. */
export function useFormVersion(id: string | undefined) {
  return useQuery({
    queryKey: ["catalog", "form-version", id],
    queryFn: () => call<FormVersion>("catalog", `/form-versions/${id}`),
    enabled: id !== undefined,
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

export function useFiling(reportId: string, formVersionId: string) {
  return useQuery({
    queryKey: filingKey(reportId, formVersionId),
    queryFn: () => call<Filing>("submission", `/reports/${reportId}/filings/${formVersionId}`),
  });
}

/** All that the checks of a report found, what blocks first. */
export function useValidation(reportId: string, enabled = true) {
  return useQuery({
    queryKey: [...reportKey(reportId), "validation"],
    queryFn: () => call<Validation>("submission", `/reports/${reportId}/validation`),
    staleTime: 0,
    refetchOnMount: "always",
    enabled,
  });
}

/** Cells name accounts by key; a key says nothing to a person, so only names are shown. */
export function personName(by: string): string {
  return /[0-9a-f]{8}-/.test(by) ? "" : by;
}
