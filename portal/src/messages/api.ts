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

/** What the person wants by e-mail beside the portal, and every kind of message by its name. */
export interface MailChoice {
  mail: boolean;
  mail_off: string[];
  kinds: { kind: string; name: string }[];
}

const MESSAGES = ["notify", "messages"] as const;
const MAIL = ["notify", "preferences"] as const;

export function useMessages(unread: boolean, cursor?: string) {
  return useQuery({
    queryKey: [...MESSAGES, { unread, cursor }],
    queryFn: () => call<Page<Message> & { unread: number }>("notify", "/messages", { query: { unread: unread || undefined, cursor } }),
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

export function useMailChoice() {
  return useQuery({ queryKey: MAIL, queryFn: () => call<MailChoice>("notify", "/preferences") });
}

export function useChooseMail() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ mail, mail_off }: Pick<MailChoice, "mail" | "mail_off">) => call<MailChoice>("notify", "/preferences", { method: "PUT", body: { mail, mail_off } }),
    onSuccess: (chosen) => queries.setQueryData(MAIL, chosen),
  });
}
