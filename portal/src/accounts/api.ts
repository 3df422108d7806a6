import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Named, Page } from "@/api/types";

export interface AccountItem {
  id: string;
  username: string;
  full_name: string;
  position_title: string;
  email: string;
  unit_id: string | null;
  unit_name: string | null;
  state: "active" | "locked" | "pending";
  rights: string[];
  version: number;
}

export interface Grant {
  id: string;
  right: string;
  unit_id: string | null;
  with_lower: boolean;
  regime_id: string | null;
  valid_from_on: string;
  valid_to_on: string | null;
}

export interface AccountDetail extends Omit<AccountItem, "rights" | "unit_name"> {
  login_ready: boolean;
  unit: Named | null;
  grants: Grant[];
}

const ACCOUNTS = ["identity", "accounts"] as const;

export function useAccounts(query: Record<string, string | undefined>) {
  return useQuery({
    queryKey: [...ACCOUNTS, query],
    queryFn: () => call<Page<AccountItem>>("identity", "/accounts", { query }),
    placeholderData: (before) => before,
  });
}

export function useAccount(id: string | null) {
  return useQuery({
    queryKey: [...ACCOUNTS, "one", id],
    queryFn: () => call<AccountDetail>("identity", `/accounts/${id}`),
    enabled: id !== null,
  });
}

export function useUnits(q: string) {
  return useQuery({
    queryKey: ["identity", "units", q],
    queryFn: () => call<Page<Named>>("identity", "/units", { query: { q } }),
    placeholderData: (before) => before,
  });
}

/** Any change of an account; every list and the account itself are asked for again. */
export function useAccountChange<Input, Output = unknown>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ACCOUNTS }) });
}
