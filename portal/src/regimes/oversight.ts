import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";

export type Outcome = "keep" | "change" | "close";

export interface ReviewDue {
  regime_id: string;
  code: string;
  name: string;
  due_on: string;
  overdue: boolean;
  last_on: string | null;
  last_outcome: Outcome | null;
  last_note: string;
  last_name: string;
}

export interface Announcement {
  regime_id: string;
  code: string;
  name: string;
  in_force_from: string | null;
  last_on: string | null;
  days_left: number | null;
  announced_on: string | null;
  address: string;
}

export interface Burden {
  year: number;
  minutes_per_report: number;
  seconds_per_cell: number;
  assumption: string;
  units: { unit_id: string; name: string; reports: number; cells: number; hours: number }[];
  regimes: { regime_id: string; name: string; units: number; reports_each: number; cells_each: number }[];
  asked_twice: { name: string; indicator: string; forms: string[]; regimes: string[]; units: number }[];
}

export const OUTCOMES = [
  { value: "keep", label: "Giữ nguyên" },
  { value: "change", label: "Cần sửa đổi" },
  { value: "close", label: "Cần bãi bỏ" },
];

const KEY = ["catalog", "oversight"] as const;

export const useReviews = () =>
  useQuery({ queryKey: [...KEY, "reviews"], queryFn: () => call<{ rule: string; months: number; items: ReviewDue[] }>("catalog", "/reviews") });

export const useAnnouncements = () =>
  useQuery({ queryKey: [...KEY, "announcements"], queryFn: () => call<{ rule: string; working_days: number; items: Announcement[] }>("catalog", "/announcements") });

export const useBurden = (query: { year: number; minutes_per_report?: number; seconds_per_cell?: number }) =>
  useQuery({ queryKey: [...KEY, "burden", query], queryFn: () => call<Burden>("catalog", "/burden", { query }), placeholderData: (before) => before });

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: KEY }) });
}

export const useReview = (regimeId: string) =>
  useChange((body: { outcome: Outcome; note: string }) => call("catalog", `/regimes/${regimeId}/reviews`, { method: "POST", body }));

export const useAnnounce = (regimeId: string) =>
  useChange((body: { announced_on: string; address: string }) => call("catalog", `/regimes/${regimeId}/announcement`, { method: "PUT", body }));
