import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

import type { IndicatorItem } from "./api";

export interface SetSummary {
  id: string;
  code: string;
  name: string;
  changed_at: string;
  version: number;
}

export interface SetItem {
  indicator_id: string;
  /** A decimal as the server writes it. */
  weight: string | null;
}

export interface SetGroup {
  name: string;
  weight: string | null;
  items: SetItem[];
}

export interface SetBody {
  name: string;
  note: string;
  groups: SetGroup[];
}

export interface IndicatorSet extends SetBody {
  id: string;
  code: string;
  owner_unit_id: string;
  changed_at: string;
  version: number;
  indicators: IndicatorItem[];
}

const SETS = ["catalog", "indicator-sets"] as const;

export function useSets(q: string) {
  return useQuery({ queryKey: [...SETS, "list", q], queryFn: () => call<Page<SetSummary>>("catalog", "/indicator-sets", { query: { q } }) });
}

export function useSet(id: string) {
  return useQuery({ queryKey: [...SETS, "one", id], queryFn: () => call<IndicatorSet>("catalog", `/indicator-sets/${id}`) });
}

export function useSetChange<Given>(act: (given: Given) => Promise<IndicatorSet>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (saved) => {
      queries.setQueryData([...SETS, "one", saved.id], saved);
      return queries.invalidateQueries({ queryKey: SETS });
    },
    // Refused, it may be because a colleague saved meanwhile: then theirs must be seen.
    onError: () => queries.invalidateQueries({ queryKey: SETS }),
  });
}

export const registerSet = (body: SetBody & { code: string }) => call<IndicatorSet>("catalog", "/indicator-sets", { method: "POST", body });
export const changeSet = (set: IndicatorSet, body: SetBody) => call<IndicatorSet>("catalog", `/indicator-sets/${set.id}`, { method: "PUT", body, ifMatch: set.version });

/** One place up or down; at the ends nothing moves. */
export function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const there = index + by;
  const one = items[index];
  const other = items[there];
  if (one === undefined || other === undefined) return [...items];
  return items.map((item, at) => (at === index ? other : at === there ? one : item));
}

/** Weights are typed as numbers are everywhere: with a comma. */
export function weightOf(typed: string): string | null {
  const text = typed.trim().replace(",", ".");
  return /^\d{1,6}(\.\d{1,6})?$/.test(text) ? text : null;
}
