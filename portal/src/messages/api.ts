import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export interface Message {
  id: string;
  kind: string;
  title: string;
  body: string;
  link: string;
  created_at: string;
  read_at: string | null;
}

const MESSAGES = ["notify", "messages"] as const;

export function useMessages(unread: boolean) {
  return useQuery({
    queryKey: [...MESSAGES, { unread }],
    queryFn: () => call<Page<Message> & { unread: number }>("notify", "/messages", { query: { unread: unread || undefined } }),
    refetchInterval: 120_000,
  });
}

export function useMessageCount(): number | undefined {
  const { data } = useMessages(true);
  return data?.unread;
}

export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string | "all") => call("notify", id === "all" ? "/messages:read_all" : `/messages/${id}:read`, { method: "POST", body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: MESSAGES }),
  });
}
