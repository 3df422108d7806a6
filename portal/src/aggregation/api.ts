import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";
import type { Fallen } from "@/versions/api";
import type { ListRow, Value } from "@/forms/model";

interface Figure {
  row: string;
  column: string;
  value: Value;
}

export interface AggregateForm {
  form_version_id: string;
  cells: Figure[];
  /** Computed again from the sums, never added. */
  computed: Figure[];
  list_rows: (ListRow & { source_report_id: string })[];
  /** Figures of reports made in another version of the form, without a place in this one. */
  fallen: (Fallen & { report_id: string; unit_name: string; from_number: number })[];
}

export interface Aggregation {
  id: string;
  regime_id: string;
  regime_name: string;
  period_key: string;
  period_label: string;
  lead_unit_name: string;
  units_assigned: number;
  made_at: string;
  stale: boolean;
  changes: { report_id: string; unit_name: string; before: number | null; now: number | null }[];
  would_change: { form_version_id: string; row: string; column: string; before: Value; after: Value }[];
  sources: { report_id: string; revision: number; unit_name: string; nil: boolean }[];
  forms: AggregateForm[];
}

export interface Source {
  report_id: string;
  revision: number | null;
  unit_name: string;
  value: Value;
  computed: boolean;
}

export function useAggregation(id: string) {
  return useQuery({ queryKey: ["submission", "aggregation", id], queryFn: () => call<Aggregation>("submission", `/aggregations/${id}`) });
}

export function useSources(id: string, row: string, column: string) {
  return useQuery({
    queryKey: ["submission", "aggregation", id, "sources", row, column],
    queryFn: () => call<Page<Source>>("submission", `/aggregations/${id}/sources`, { query: { row, column } }),
  });
}

export function useAggregate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { regime_id: string; period: string }) => call<Aggregation>("submission", "/aggregations", { method: "POST", body }),
    onSuccess: (made) => {
      queries.setQueryData(["submission", "aggregation", made.id], made);
      return queries.invalidateQueries({ queryKey: ["submission", "progress"] });
    },
  });
}
