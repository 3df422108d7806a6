import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export interface IndicatorItem {
  id: string;
  code: string;
  name: string;
  state: "draft" | "published" | "merged";
  owner_unit_id: string;
  measure_id: string | null;
  measure: string | null;
  domain_id: string | null;
  domain: string | null;
  merged_into_id: string | null;
  version: number;
}

export interface OverUnits {
  rule: string;
  weight_id: string | null;
  numerator_id: string | null;
  denominator_id: string | null;
  scale: string;
}

export interface IndicatorBody {
  name: string;
  concept: string;
  method: string;
  source: string;
  measure_id: string | null;
  precision: number;
  domain_id: string | null;
  direction: string;
  over_units: OverUnits;
  time_kind: string;
  over_time: string;
  breakdown_ids: string[];
  national_code: string;
}

export interface IndicatorVersion extends IndicatorBody {
  id: string;
  number: number;
  published: boolean;
  valid_from: string | null;
  valid_to: string | null;
  published_at: string | null;
  measure: string;
  domain: string;
  breakdowns: string[];
}

export interface IndicatorSeen {
  id: string;
  code: string;
  owner_unit_id: string;
  merged_into_id: string | null;
  version: number;
  versions: IndicatorVersion[];
  alike: (IndicatorItem & { likeness: number })[];
  forms: { id: string; code: string; name: string; number: number; state: string }[];
  named: IndicatorItem[];
}

export interface Pair {
  one: IndicatorItem;
  other: IndicatorItem;
  likeness: number;
}

export interface Imported {
  registered: string[];
  changed: string[];
  unchanged: string[];
  published: number;
  dry_run: boolean;
}

export interface Wanted {
  q: string;
  domain_id?: string | undefined;
  state?: string | undefined;
  cursor?: string | undefined;
}

const INDICATORS = ["catalog", "indicators"] as const;

export function useIndicators(wanted: Wanted) {
  return useQuery({
    queryKey: [...INDICATORS, "list", wanted],
    queryFn: () => call<Page<IndicatorItem>>("catalog", "/indicators", { query: { ...wanted, limit: 50 } }),
  });
}

export function useIndicator(id: string, enabled = true) {
  return useQuery({ queryKey: [...INDICATORS, "one", id], queryFn: () => call<IndicatorSeen>("catalog", `/indicators/${id}`), enabled });
}

export function usePairs() {
  return useQuery({ queryKey: [...INDICATORS, "pairs"], queryFn: () => call<Page<Pair>>("catalog", "/indicators/duplicates") });
}

export function useAlike(name: string) {
  return useQuery({
    queryKey: [...INDICATORS, "alike", name],
    queryFn: () => call<Page<IndicatorItem & { likeness: number }>>("catalog", "/indicators/alike", { query: { name } }),
    enabled: name.length >= 4,
  });
}

/** Any change of the catalogue; everything that shows it is fetched again. */
export function useIndicatorChange<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => queries.invalidateQueries({ queryKey: INDICATORS }) });
}

export const register = (body: IndicatorBody & { code: string }) => call<IndicatorSeen>("catalog", "/indicators", { method: "POST", body });
export const change = (seen: IndicatorSeen, body: IndicatorBody) =>
  call<IndicatorSeen>("catalog", `/indicators/${seen.id}`, { method: "PUT", body, ifMatch: seen.version });
export const publish = (seen: IndicatorSeen, valid_from: string | null) =>
  call<IndicatorSeen>("catalog", `/indicators/${seen.id}:publish`, { method: "POST", body: { valid_from }, ifMatch: seen.version });
export const merge = (gone: { id: string; version: number }, into: string) =>
  call<unknown>("catalog", `/indicators/${gone.id}:merge`, { method: "POST", body: { into }, ifMatch: gone.version });

export function importTable({ file, publish: now, dryRun }: { file: File; publish: boolean; dryRun: boolean }) {
  const form = new FormData();
  form.append("file", file);
  form.append("publish", String(now));
  form.append("dry_run", String(dryRun));
  return call<Imported>("catalog", "/indicators:import", { method: "POST", form });
}
