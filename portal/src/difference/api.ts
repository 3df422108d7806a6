import { useQuery } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Value } from "@/forms/model";
import { reportKey, type Report } from "@/reports/api";

export interface CellName {
  sheet: string;
  row_name: string;
  column_name: string;
  measure: string;
  a1: string | null;
  precision: number | null;
  computed: boolean;
}

export interface ChangedCell extends CellName {
  row: string;
  column: string;
  before: Value;
  after: Value;
}

export interface ListedRow {
  row: string;
  number: number;
  cells: (CellName & { value: Value })[];
}

export interface FormDifference {
  form_version_id: string;
  form_code: string;
  form_name: string;
  cells: ChangedCell[];
  rows_added: ListedRow[];
  rows_removed: ListedRow[];
  rows_moved: number;
}

export interface SectionDifference {
  id: string;
  heading: string;
  before: string;
  after: string;
}

export interface ComparedRevision {
  number: number;
  sealed_at: string | null;
  canonical_hash: string;
  accepted: boolean;
}

export interface Compared {
  before: number;
  after: number;
  choices: ComparedRevision[];
  forms: FormDifference[];
  narrative: SectionDifference[];
}

/** Unless named: the newest revision against the one before, of those this person may see. */
export function useDifference(report: Report, between?: { before: number; after: number }, enabled = true) {
  return useQuery({
    queryKey: [...reportKey(report.id), "difference", report.version, report.last_edit, between?.before, between?.after],
    queryFn: () => call<Compared>("submission", `/reports/${report.id}/difference`, { query: { ...between } }),
    enabled,
    retry: false,
  });
}
