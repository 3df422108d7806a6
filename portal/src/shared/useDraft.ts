import { useMemo, useSyncExternalStore } from "react";

import { drafts, same, type Draft } from "./drafts";

interface Asked<S, T> {
  /** Whose draft it is, apart from all others: "form-version/…/rules". */
  key: string;
  /** What is saved, as the server last told it. */
  saved: S;
  /** What is changed of it. */
  read: (saved: S) => T;
  /** What a colleague's save would change; `read` if it isn't given. */
  mark?: (saved: S) => unknown;
}

export interface OpenDraft<S, T> {
  value: T;
  /** What the changes were begun on; what is saved, if there are none. */
  base: S;
  changed: boolean;
  /** A colleague saved the same meanwhile: the changes are kept, and aren't laid over theirs. */
  overtaken: boolean;
  put: (value: T) => void;
  /** Back to what is saved: after saving, or to give the changes up. */
  drop: () => void;
}

/** Of open drafts whose key has this beginning, what follows it. */
export function useDraftKeys(beginning: string): string[] {
  const told = useSyncExternalStore(drafts.subscribe, () => drafts.below(beginning).join("\n"));
  return told === "" ? [] : told.split("\n");
}

export function useDraft<S, T>({ key, saved, read, mark = read }: Asked<S, T>): OpenDraft<S, T> {
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get<S, T>(key));
  return useMemo(() => {
    const begun: Draft<S, T> = draft ?? { base: saved, value: read(saved) };
    return {
      ...begun,
      changed: draft !== undefined,
      overtaken: draft !== undefined && !same(mark(draft.base), mark(saved)),
      put: (value: T) => (same(value, read(begun.base)) ? drafts.drop(key) : drafts.put(key, { base: begun.base, value })),
      drop: () => drafts.drop(key),
    };
  }, [draft, key, saved, read, mark]);
}
