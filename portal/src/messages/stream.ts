import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { serviceUrl } from "@/api/http";

/** A hint says that something changed, never what: the page asks again for what it shows. */
interface Hint {
  kind?: string;
  id?: string;
  version?: number;
}

const BACK_MS = [1_000, 3_000, 10_000, 30_000];

/** Listens to notify's stream; answers whether the channel is open now. */
export function useLiveHints(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let attempts = 0;
    let stopped = false;
    const open = () => {
      source = new EventSource(serviceUrl("notify", "/stream"));
      source.onopen = () => {
        // After a gap anything may have changed.
        if (attempts > 0) void queries.invalidateQueries();
        attempts = 0;
        setLive(true);
      };
      source.onmessage = (event) => take(queries, event.data as string);
      source.addEventListener("hint", (event) => take(queries, (event as MessageEvent<string>).data));
      source.onerror = () => {
        setLive(false);
        // The browser resumes by itself with Last-Event-ID unless the answer was a refusal.
        if (source?.readyState !== EventSource.CLOSED || stopped) return;
        timer = setTimeout(open, BACK_MS[Math.min(attempts, BACK_MS.length - 1)]);
        attempts += 1;
      };
    };
    open();
    return () => {
      stopped = true;
      clearTimeout(timer);
      source?.close();
    };
  }, [queries]);
  return live;
}

function take(queries: QueryClient, data: string): void {
  let hint: Hint;
  try {
    hint = JSON.parse(data) as Hint;
  } catch {
    return;
  }
  void queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[1] === "/tasks" ||
      queryKey[1] === "messages" ||
      (hint.kind === "maintenance" && queryKey[1] === "maintenance") ||
      (hint.id !== undefined && queryKey.includes(hint.id)),
  });
}
