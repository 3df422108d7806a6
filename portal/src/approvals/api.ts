import { useQuery } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page, TaskItem } from "@/api/types";

const REPORT_LINK = /\/bao-cao\/([0-9a-f-]{36})/;

/** The queue is what submission and signing ask of this person, as reports, each once. */
export function useQueue() {
  return useQuery({
    queryKey: ["submission", "/tasks", "queue"],
    queryFn: async () => {
      const answers = await Promise.allSettled([
        call<Page<TaskItem>>("submission", "/tasks"),
        call<Page<TaskItem>>("signing", "/tasks"),
      ]);
      const [first] = answers;
      if (first.status === "rejected") throw first.reason;
      const tasks = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value.items : []));
      const ids = tasks.filter((task) => task.kind !== "entry" && task.kind !== "enter").flatMap((task) => REPORT_LINK.exec(task.link ?? "")?.[1] ?? []);
      return [...new Set(ids)];
    },
    refetchInterval: 60_000,
  });
}
