import { useQuery } from "@tanstack/react-query";

import { call } from "@/api/http";
import { asProblem } from "@/api/problem";
import type { Deadline, Page } from "@/api/types";
import type { ReportSummary } from "@/reports/api";

export interface RegimeItem {
  id: string;
  code: string;
  name: string;
  kind: string;
  state: "draft" | "published" | "closed";
  lead_unit_id: string | null;
  published_at: string | null;
  version: number;
}

export interface Period {
  key: string;
  label: string;
  first_day: string;
  last_day: string;
  cut_off: { from: string; to: string; article: string };
  opens_at: string;
  /** The catalog says the last permitted day as well; other services know the moment alone. */
  deadlines: (Deadline & { last_day: string })[];
}

export interface ProgressRow extends ReportSummary {
  turn: string;
}

export interface Progress {
  total: number;
  sent: number;
  accepted: number;
  late: number;
  overdue: number;
  aggregation_id: string | null;
  items: ProgressRow[];
}

export function useRegimes() {
  return useQuery({ queryKey: ["catalog", "regimes"], queryFn: () => call<Page<RegimeItem>>("catalog", "/regimes"), staleTime: 30_000 });
}

export function usePeriods(regimeId: string | undefined, from: string, to: string) {
  return useQuery({
    queryKey: ["catalog", "periods", regimeId, from, to],
    queryFn: async () => (await call<Page<Period>>("catalog", `/regimes/${regimeId}/periods`, { query: { from, to } })).items,
    enabled: regimeId !== undefined,
  });
}

const NOTHING: Progress = { total: 0, sent: 0, accepted: 0, late: 0, overdue: 0, aggregation_id: null, items: [] };

export function useProgress(regimeId: string | undefined, period: string | undefined) {
  return useQuery({
    queryKey: ["submission", "progress", regimeId, period],
    queryFn: async () => {
      try {
        return await call<Progress>("submission", "/progress", { query: { regime_id: regimeId, period } });
      } catch (error) {
        // A period that isn't opened yet is nothing wrong: there is nothing to show.
        if (asProblem(error).code === "submission.progress.nothing") return NOTHING;
        throw error;
      }
    },
    enabled: regimeId !== undefined && period !== undefined,
    refetchInterval: 60_000,
  });
}

/** Days around today in which periods are offered. */
export function periodSpan(now = new Date()): { from: string; to: string } {
  const shifted = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  return { from: shifted(-400), to: shifted(62) };
}
