import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export interface NamedDay {
  day: string;
  name: string;
}

export interface CalendarYear {
  year: number;
  number: number;
  version: string;
  holidays: NamedDay[];
  made_up: NamedDay[];
  decision: string;
  decided_on: string | null;
}

export interface CalendarRevision extends CalendarYear {
  set_at: string | null;
  set_by: string;
}

export interface CalendarDraft {
  holidays: NamedDay[];
  made_up: NamedDay[];
  decision: string;
  decided_on: string | null;
}

export interface MovedDeadline {
  regime_id: string;
  regime_code: string;
  regime_name: string;
  period_key: string;
  period_label: string;
  level: string;
  last_day_before: string;
  last_day: string;
  due_at_before: string;
  due_at: string;
  steps: string[];
}

export interface Feed {
  id: string;
  unit_id: string;
  created_by: string;
  created_at: string;
}

const CALENDAR = ["catalog", "calendar"] as const;

export function useCalendar(year: number) {
  return useQuery({ queryKey: [...CALENDAR, year], queryFn: () => call<CalendarYear>("catalog", `/calendar/${year}`) });
}

export function useRevisions(year: number) {
  return useQuery({
    queryKey: [...CALENDAR, year, "revisions"],
    queryFn: async () => (await call<Page<CalendarRevision>>("catalog", `/calendar/${year}/revisions`)).items,
  });
}

export function usePreview(seen: CalendarYear) {
  return useMutation({
    mutationFn: async (body: CalendarDraft) =>
      (await call<Page<MovedDeadline>>("catalog", `/calendar/${seen.year}:preview`, { method: "POST", body, ifMatch: seen.number })).items,
  });
}

/** `onSaved` is told before the year is read anew, which takes the draft and its desk away. */
export function useSetCalendar(seen: CalendarYear, onSaved: (now: CalendarYear) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CalendarDraft) => call<CalendarYear>("catalog", `/calendar/${seen.year}`, { method: "PUT", body, ifMatch: seen.number }),
    onSuccess: (now) => {
      onSaved(now);
      return queries.invalidateQueries({ queryKey: ["catalog"] });
    },
  });
}

export function useFeeds(unitId: string) {
  return useQuery({
    queryKey: ["catalog", "feeds", unitId],
    queryFn: async () => (await call<Page<Feed>>("catalog", `/units/${unitId}/calendar-feeds`)).items,
  });
}

export function useFeedChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["catalog", "feeds"] }) });
}

export const makeFeed = (unitId: string) => call<Feed & { path: string }>("catalog", `/units/${unitId}/calendar-feeds`, { method: "POST" });
export const revokeFeed = (id: string) => call<undefined>("catalog", `/calendar-feeds/${id}:revoke`, { method: "POST" });
