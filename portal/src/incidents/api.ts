import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import { asProblem } from "@/api/problem";
import type { Page } from "@/api/types";
import { reportKey, type Report } from "@/reports/api";

export interface Incident {
  id: string;
  title: string;
  from_at: string;
  to_at: string;
  reason: string;
  document_number: string;
  document_on: string;
  unit_ids: string[];
  recorded: string;
  article: string;
  declared_at: string;
  declared_by_name: string;
}

export type Declaration = Pick<Incident, "title" | "from_at" | "to_at" | "reason" | "document_number" | "document_on" | "recorded">;

/** What the system recorded of an outage by itself (the status page): the proposal of a declaration. */
export interface Outage {
  id: number;
  component: string;
  name: string;
  from_at: string;
  to_at: string | null;
  fault: string;
}

const INCIDENTS = ["submission", "incidents"] as const;

export function useIncidents() {
  return useQuery({
    queryKey: INCIDENTS,
    queryFn: async () => (await call<Page<Incident>>("submission", "/incidents")).items,
    staleTime: 60_000,
  });
}

export function useOutages() {
  return useQuery({
    queryKey: ["status", "outages"],
    queryFn: async () => {
      const answer = await fetch("/trang-thai/status.json", { credentials: "omit" });
      if (!answer.ok) throw asProblem(new Error("Trang tình trạng chưa trả lời."));
      return ((await answer.json()) as { outages: Outage[] }).outages.filter((outage) => outage.to_at !== null);
    },
  });
}

export function useDeclare(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Declaration) => call<Incident>("submission", "/incidents", { method: "POST", body }),
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries({ queryKey: INCIDENTS });
    },
  });
}

export interface SentDocument {
  incident_id: string;
  number: string;
  issued_on: string;
  file: File;
}

export function useSendByDocument(report: Report, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sent: SentDocument) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(sent)) form.append(name, value as string | Blob);
      return call<Report>("submission", `/reports/${report.id}:send_by_document`, { method: "POST", form, ifMatch: report.version });
    },
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries({ queryKey: reportKey(report.id) });
    },
  });
}
