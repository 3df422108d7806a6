import { useQuery } from "@tanstack/react-query";

import { call } from "./http";
import type { Me } from "./types";

export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: () => call<Me>("identity", "/me"), staleTime: 60_000 });
}

export function holds(me: Me | undefined, ...rights: string[]): boolean {
  return me?.rights.some((granted) => rights.includes(granted.right)) ?? false;
}
