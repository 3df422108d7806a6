/** What is being changed on a desk: kept while other sheets, tabs and pages are looked at; closing the browser asks first. */
export interface Draft<S, T> {
  /** What the changes were begun on. */
  base: S;
  value: T;
}

const kept = new Map<string, Draft<unknown, unknown>>();
const listeners = new Set<() => void>();

const warn = (event: BeforeUnloadEvent) => event.preventDefault();

function told(): void {
  if (kept.size > 0) window.addEventListener("beforeunload", warn);
  else window.removeEventListener("beforeunload", warn);
  listeners.forEach((listener) => listener());
}

export const drafts = {
  get: <S, T>(key: string) => kept.get(key) as Draft<S, T> | undefined,
  put(key: string, draft: Draft<unknown, unknown>): void {
    kept.set(key, draft);
    told();
  },
  drop(key: string): void {
    if (kept.delete(key)) told();
  },
  /** What follows `beginning` in the keys of open drafts. */
  below: (beginning: string): string[] => [...kept.keys()].filter((key) => key.startsWith(beginning)).map((key) => key.slice(beginning.length)),
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
