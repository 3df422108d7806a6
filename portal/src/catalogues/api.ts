import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export type EntryKind = "measure" | "domain" | "breakdown";

export interface Item {
  code: string;
  name: string;
}

export interface EntryBody {
  name: string;
  symbol: string;
  note: string;
  source: string;
  items: Item[];
}

export interface Entry extends EntryBody {
  id: string;
  kind: EntryKind;
  code: string;
  retired: boolean;
  changed_at: string;
  version: number;
}

export interface EntrySeen extends Entry {
  used_by: string[];
  history: { number: number; name: string; retired: boolean; changed_at: string }[];
}

export const ENTRY_KINDS: { value: EntryKind; label: string }[] = [
  { value: "measure", label: "Đơn vị tính" },
  { value: "domain", label: "Lĩnh vực" },
  { value: "breakdown", label: "Phân tổ" },
];

const ENTRIES = ["catalog", "shared-entries"] as const;

export function useEntries(kind: EntryKind, q = "") {
  return useQuery({ queryKey: [...ENTRIES, kind, q], queryFn: () => call<Page<Entry>>("catalog", "/shared-entries", { query: { kind, q, limit: 500 } }) });
}

export function useEntry(id: string) {
  return useQuery({ queryKey: [...ENTRIES, "one", id], queryFn: () => call<EntrySeen>("catalog", `/shared-entries/${id}`) });
}

/** Adds, changes or removes an entry; the lists are fetched again. */
export function useEntryChange<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => queries.invalidateQueries({ queryKey: ENTRIES }) });
}

export const addEntry = (body: EntryBody & { kind: EntryKind; code: string }) => call<Entry>("catalog", "/shared-entries", { method: "POST", body });
export const changeEntry = (entry: Entry, body: EntryBody & { retired: boolean }) =>
  call<Entry>("catalog", `/shared-entries/${entry.id}`, { method: "PUT", body, ifMatch: entry.version });
export const removeEntry = (entry: Entry) => call<undefined>("catalog", `/shared-entries/${entry.id}`, { method: "DELETE", ifMatch: entry.version });
