import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export interface AllocatedRow {
  row: string;
  numbering: string;
  label: string;
  sheet: string;
  unit_ids: string[];
}

export interface Allocation {
  form_version_id: string;
  form_code: string;
  form_name: string;
  version: number;
  rows: AllocatedRow[];
  gaps: string[];
  doubles: string[];
}

const key = (regimeId: string) => ["catalog", "allocations", regimeId] as const;

export function useAllocations(regimeId: string) {
  return useQuery({ queryKey: key(regimeId), queryFn: () => call<Page<Allocation>>("catalog", `/regimes/${regimeId}/allocations`) });
}

export function useAllocate(regimeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ form, units }: { form: Allocation; units: Map<string, string[]> }) =>
      call<Allocation>("catalog", `/regimes/${regimeId}/allocations/${form.form_version_id}`, {
        method: "PUT",
        body: { rows: [...units].map(([row, unit_ids]) => ({ row, unit_ids })) },
        ifMatch: form.version,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key(regimeId) }),
  });
}
