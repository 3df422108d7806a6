import { useMutation, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";

import { reportKey, type Report } from "./api";

export interface Act {
  action: string;
  version: number;
  /** One act stays one act, however often the button's request is sent. */
  key?: string;
  body?: Record<string, unknown>;
}

export function sendAct(reportId: string, { action, version, key, body }: Act): Promise<Report> {
  return call<Report>("submission", `/reports/${reportId}:${action}`, {
    method: "POST",
    body: body ?? {},
    ifMatch: version,
    ...(key && { idempotencyKey: key }),
  });
}

export function useAct(reportId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: Act) => sendAct(reportId, act),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: reportKey(reportId) }),
        queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === "/tasks" || queryKey[1] === "reports" }),
        queries.invalidateQueries({ queryKey: ["signing"] }),
      ]),
  });
}
