import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export interface Standing {
  id: string;
  title: string;
  what: string;
  starts_at: string;
  ends_at: string;
  stage: string;
  emergency: boolean;
}

export interface NoticeRule {
  words: string;
  article: string;
  earliest_at: string;
}

export interface Maintenance extends Standing {
  version: number;
  emergency_reason: string;
  rule: NoticeRule;
  announced_at: string;
  announced_by: string;
  document: { number: string; issued_on: string } | null;
  close_reason: string;
}

export interface Plan {
  title: string;
  what: string;
  starts_at: string;
  ends_at: string;
  emergency_reason: string;
}

const MAINTENANCE = ["notify", "maintenance"] as const;

/** What everybody of the province is told; asked again each minute, since a hint may be missed. */
export function useStanding() {
  return useQuery({
    queryKey: [...MAINTENANCE, "standing"],
    queryFn: async () => (await call<Page<Standing>>("notify", "/maintenances/standing")).items,
    refetchInterval: 60_000,
  });
}

export function useMaintenances() {
  return useQuery({
    queryKey: [...MAINTENANCE, "all"],
    queryFn: async () => (await call<Page<Maintenance>>("notify", "/maintenances")).items,
  });
}

export function useNoticeRule() {
  return useQuery({
    queryKey: [...MAINTENANCE, "rule"],
    queryFn: () => call<NoticeRule>("notify", "/maintenances/notice-rule"),
    refetchInterval: 60_000,
  });
}

export function useDraft(id: string) {
  return useQuery({
    queryKey: [...MAINTENANCE, "draft", id],
    queryFn: () => call<{ title: string; body: string }>("notify", `/maintenances/${id}/notice`),
  });
}

export function useMaintenanceAct<Input>(act: (input: Input) => Promise<unknown>, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries({ queryKey: MAINTENANCE });
    },
  });
}

const acted = (one: Maintenance, act: string, body?: unknown) =>
  call<Maintenance>("notify", `/maintenances/${one.id}:${act}`, { method: "POST", body: body ?? {}, ifMatch: one.version });

export const announce = (plan: Plan) => call<Maintenance>("notify", "/maintenances", { method: "POST", body: plan });
export const end = (one: Maintenance) => acted(one, "end");
export const cancel = (one: Maintenance, reason: string) => acted(one, "cancel", { reason });
export const record = (one: Maintenance, document: { number: string; issued_on: string }) => acted(one, "record-document", document);
