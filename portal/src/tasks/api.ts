import { useQueries } from "@tanstack/react-query";

import { call, SERVICES, type Service } from "@/api/http";
import type { Page, SearchItem, TaskItem } from "@/api/types";
import { asProblem, type Problem } from "@/api/problem";

export const SERVICE_NAMES: Record<Service, string> = {
  identity: "Đơn vị, tài khoản",
  catalog: "Biểu mẫu, chế độ",
  submission: "Báo cáo",
  signing: "Ký số",
  notify: "Thông báo",
};

export interface Silent {
  service: Service;
  problem: Problem;
}

/** What every service answered side by side, and who didn't answer. */
export interface SideBySide<T> {
  items: (T & { service: Service })[];
  silent: Silent[];
  waiting: Service[];
  retry: () => void;
}

function useSideBySide<T>(path: "/tasks" | "/search", query: Record<string, string>, enabled = true): SideBySide<T> {
  return useQueries({
    queries: SERVICES.map((service) => ({
      queryKey: [service, path, query],
      queryFn: ({ signal }: { signal: AbortSignal }) => call<Page<T>>(service, path, { query, signal }),
      enabled,
      retry: false,
      staleTime: path === "/tasks" ? 10_000 : 30_000,
      refetchInterval: path === "/tasks" ? 60_000 : (false as const),
    })),
    combine: (results) => ({
      items: results.flatMap((result, index) =>
        (result.data?.items ?? []).map((item) => ({ ...item, service: SERVICES[index] as Service })),
      ),
      silent: results.flatMap((result, index) =>
        result.isError ? [{ service: SERVICES[index] as Service, problem: asProblem(result.error) }] : [],
      ),
      waiting: results.flatMap((result, index) => (enabled && result.isPending ? [SERVICES[index] as Service] : [])),
      retry: () => results.filter((result) => result.isError).forEach((result) => void result.refetch()),
    }),
  });
}

export const useTasks = (): SideBySide<TaskItem> => useSideBySide<TaskItem>("/tasks", {});
export const useSearch = (q: string): SideBySide<SearchItem> =>
  useSideBySide<SearchItem>("/search", { q }, q.trim().length >= 2);
